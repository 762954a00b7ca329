package dev.colloquy.adapter.memory;

import dev.colloquy.domain.conversation.Conversation;

/** About how many bytes of heap a conversation takes, on a 64-bit JVM with compressed references. */
final class Footprint {

    /**
     * A conversation beside its messages and the texts of its id: the aggregate and its log (180), the rest of its id (54),
     * its entry in the cache (150).
     */
    static final int PER_CONVERSATION = 384;

    private Footprint() {}

    /** The footprint in bytes; one beyond the largest int counts as that. */
    static int of(Conversation conversation) {
        return (int) Math.min(PER_CONVERSATION + conversation.heapBytes(), Integer.MAX_VALUE);
    }
}
