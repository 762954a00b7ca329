package dev.colloquy.adapter.redis;

import static java.nio.charset.StandardCharsets.UTF_8;

import dev.colloquy.domain.conversation.ConversationId;
import dev.colloquy.domain.error.StoredDataUnreadable;
import java.util.List;

/**
 * What a script answered: numbers and bytes, the last of them a word that says what the others are.
 *
 * @param items as the client gives them
 */
record Reply(List<Object> items) {

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
