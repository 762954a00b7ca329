package dev.colloquy.domain.conversation;

import java.time.Instant;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * What a read gives back: a conversation as it was at one instant. Immutable; later appends do not change it.
 *
 * @param id which conversation
 * @param messages the selected messages, oldest first
 * @param length how many messages the conversation holds, selected or not
 * @param last where the conversation ends, or null if it has no message
 * @param expiresAt when the conversation expires, or null if it has no message or the answer is degraded
 * @param state whether the store gave this answer
 * @param pending messages that wait in the outbox and have no sequence number yet, oldest first; always empty when live
 */
public record ConversationView(
        ConversationId id,
        List<SequencedMessage> messages,
        long length,
        @Nullable Position last,
        @Nullable Instant expiresAt,
        State state,
        List<Message> pending) {

    /** Where an answer comes from. */
    public enum State {
        /** The store answered. */
        LIVE,
        /**
         * The store did not answer, as it is unavailable or messages of the conversation wait for it: this is what the
         * process itself knows, and messages may be missing.
         */
        DEGRADED
    }

    public ConversationView {
        Objects.requireNonNull(id, "id");
        Objects.requireNonNull(state, "state");
        messages = List.copyOf(messages);
        pending = List.copyOf(pending);
    }

    /** The view of a conversation that is unknown, expired or cleared. */
    public static ConversationView empty(ConversationId id) {
        return new ConversationView(id, List.of(), 0, null, null, State.LIVE, List.of());
    }

    /** A view that the store gave. */
    public static ConversationView live(
            ConversationId id,
            List<SequencedMessage> messages,
            long length,
            @Nullable Position last,
            @Nullable Instant expiresAt) {
        return new ConversationView(id, messages, length, last, expiresAt, State.LIVE, List.of());
    }

    /** Whether the conversation has no message at all. */
    public boolean isEmpty() {
        return length == 0 && pending.isEmpty();
    }

    /**
     * What the conversation reads like now, oldest message first: the selected messages of the store, then those that wait
     * for it. Immutable; empty if there is none.
     */
    public List<Message> transcript() {
        return Stream.concat(messages.stream().map(SequencedMessage::message), pending.stream())
                .toList();
    }

    /** Where the conversation ends. */
    public Optional<Position> lastPosition() {
        return Optional.ofNullable(last);
    }

    /** The sequence number of the oldest message the conversation holds, or 0 if it has none. */
    public long firstSequence() {
        return last == null ? 0 : last.sequence() - length + 1;
    }
}
