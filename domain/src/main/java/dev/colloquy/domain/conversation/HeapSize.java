package dev.colloquy.domain.conversation;

import java.util.List;
import java.util.Map;

/**
 * About how many bytes of heap messages take, on a 64-bit JVM with compressed references. Roles are left out: messages
 * share the four usual ones, and any other is small.
 */
final class HeapSize {

    /** A place in the log: a reference and a hash code. */
    static final int SLOT = 8;

    /** The message with its sequence number (56), its time (24), and its id beside the text of it (16). */
    private static final int MESSAGE = 96;
    /** A string and the array behind it, beside its characters. */
    private static final int STRING = 40;
    /** A map and its table, beside the entries. */
    private static final int MAP = 48;
    /** Two places in the table for each key and value. */
    private static final int ENTRY = 16;

    private static final int ALIGNMENT = 8;

    private HeapSize() {}

    static long of(List<SequencedMessage> messages) {
        long bytes = 0;
        for (SequencedMessage message : messages) {
            bytes += of(message);
        }
        return bytes;
    }

    static long of(SequencedMessage sequenced) {
        Message message = sequenced.message();
        return MESSAGE + of(message.id().value()) + of(message.content()) + of(message.metadata());
    }

    private static long of(Map<String, String> metadata) {
        if (metadata.isEmpty()) {
            return 0;
        }
        long bytes = MAP;
        for (Map.Entry<String, String> entry : metadata.entrySet()) {
            bytes += ENTRY + of(entry.getKey()) + of(entry.getValue());
        }
        return bytes;
    }

    static long of(String text) {
        long characters = Text.isLatin1(text) ? text.length() : 2L * text.length();
        return STRING + (characters + ALIGNMENT - 1) / ALIGNMENT * ALIGNMENT;
    }
}
