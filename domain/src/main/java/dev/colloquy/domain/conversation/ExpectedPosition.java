package dev.colloquy.domain.conversation;

import java.util.Objects;
import java.util.Optional;

/** Where a conditional append expects the conversation to end. */
public sealed interface ExpectedPosition {

    /** No condition. */
    record Any() implements ExpectedPosition {}

    /** The conversation has no message. */
    record Empty() implements ExpectedPosition {
        @Override
        public String toString() {
            return "empty";
        }
    }

    /**
     * The conversation ends exactly here.
     *
     * @param position the last message's position
     */
    record Last(Position position) implements ExpectedPosition {
        public Last {
            Objects.requireNonNull(position, "position");
        }

        @Override
        public String toString() {
            return position.toString();
        }
    }

    /** No condition. */
    static ExpectedPosition any() {
        return new Any();
    }

    /** Only if there is no message. */
    static ExpectedPosition empty() {
        return new Empty();
    }

    /** Only if the last message stands there. */
    static ExpectedPosition last(Position position) {
        return new Last(position);
    }

    /**
     * Whether a conversation that ends there satisfies the condition.
     *
     * @param last the last message's position, or empty if there is none
     */
    default boolean isMetBy(Optional<Position> last) {
        return switch (this) {
            case Any() -> true;
            case Empty() -> last.isEmpty();
            case Last(Position position) -> last.isPresent() && last.get().equals(position);
        };
    }
}
