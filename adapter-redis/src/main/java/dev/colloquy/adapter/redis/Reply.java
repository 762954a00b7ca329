package dev.colloquy.adapter.redis;

import static java.nio.charset.StandardCharsets.UTF_8;

import dev.colloquy.domain.conversation.ConversationId;
import dev.colloquy.domain.error.StoredDataUnreadable;
import java.util.List;
import java.util.OptionalLong;

/**
 * What a script answered: numbers and bytes, then a word that says what they are. An append's may be a number alone.
 *
 * @param items as the client gives them
 * @param serverMillis the server's time in ms, if the answer carries it
 */
record Reply(List<Object> items, OptionalLong serverMillis) {

    /** A whole answer. */
    static Reply of(List<Object> items) {
        return new Reply(
                items,
                items.size() == 2 && items.getLast() instanceof Long millis
                        ? OptionalLong.of(millis)
                        : OptionalLong.empty());
    }

    /**
     * A part of an answer that has one for each call.
     *
     * @throws IllegalStateException if it is neither a number nor a list
     */
    static Reply of(Object part, long serverMillis) {
        List<Object> items = switch (part) {
            case Long number -> List.of(number);
            case List<?> list -> List.copyOf(list);
            default -> throw new IllegalStateException("an answer of a kind that no script gives");
        };
        return new Reply(items, OptionalLong.of(serverMillis));
    }

    /** The script did nothing, because it began after its caller had given up. */
    boolean isLate() {
        return serverMillis.isPresent()
                && !items.isEmpty()
                && items.getFirst() instanceof byte[]
                && text(0).equals("late");
    }

    boolean hasFailed() {
        return kind().equals("failed");
    }

    /** What the items are; "" if there are none, or only a number. */
    String kind() {
        return items.isEmpty() ? "" : text(items.size() - 1);
    }

    long number(int index) {
        return items.get(index) instanceof Long number ? number : Long.parseLong(text(index));
    }

    byte[] bytes(int index) {
        return items.get(index) instanceof byte[] bytes ? bytes : new byte[0];
    }

    String text(int index) {
        return new String(bytes(index), UTF_8);
    }

    int size() {
        return items.size();
    }

    /** The error for a key that holds neither of the two layouts. */
    StoredDataUnreadable wrongType(ConversationId id) {
        return new StoredDataUnreadable(id.toString(), "its key holds " + text(0), null);
    }
}
