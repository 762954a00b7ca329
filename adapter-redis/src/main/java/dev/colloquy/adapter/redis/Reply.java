package dev.colloquy.adapter.redis;

import static java.nio.charset.StandardCharsets.UTF_8;

import dev.colloquy.domain.conversation.ConversationId;
import dev.colloquy.domain.error.StoredDataUnreadable;
import java.util.List;
import java.util.OptionalLong;

/**
 * What a script answered: numbers and bytes, then a word that says what they are, and perhaps the server's time.
 *
 * @param items as the client gives them
 */
record Reply(List<Object> items) {

    String kind() {
        int last = items.size() - (serverMillis().isPresent() ? 2 : 1);
        return last < 0 ? "" : text(last);
    }

    /** The server's time in ms, if the answer carries it. */
    OptionalLong serverMillis() {
        return !items.isEmpty() && items.getLast() instanceof Long millis
                ? OptionalLong.of(millis)
                : OptionalLong.empty();
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
