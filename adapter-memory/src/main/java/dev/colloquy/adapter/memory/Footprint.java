package dev.colloquy.adapter.memory;

import dev.colloquy.domain.conversation.Conversation;
import dev.colloquy.domain.conversation.Position;

/** About how many bytes of heap a conversation takes. */
final class Footprint {

    /**
     * A message beside its content and metadata, on a 64-bit JVM with compressed references: the message and its sequence
     * number (56), its id as record, string and bytes of a UUID (96), the string around the content (40), its time (24),
     * and its place in the log with the log's room to grow (12).
     */
    static final int PER_MESSAGE = 228;

    /** A conversation beside its messages: the aggregate and its log (180), its id (190), its entry in the cache (150). */
    static final int PER_CONVERSATION = 520;

    private Footprint() {}

    /** The footprint in bytes; one beyond the largest int counts as that. */
    static int of(Conversation conversation) {
        long bytes =
                PER_CONVERSATION + conversation.sizeInBytes() + (long) PER_MESSAGE * rememberedMessages(conversation);
        return (int) Math.min(bytes, Integer.MAX_VALUE);
    }

    /** With those that the cap dropped but that are still known for recognising repeats. */
    private static long rememberedMessages(Conversation conversation) {
        int length = conversation.length();
        if (length >= Conversation.HORIZON) {
            return length;
        }
        return Math.min(
                Conversation.HORIZON,
                conversation.last().map(Position::sequence).orElse(0L));
    }
}
