package dev.colloquy.adapter.redis;

import java.util.List;
import java.util.concurrent.CompletableFuture;

/**
 * A read of a list's end with plain commands.
 *
 * @param key the conversation's key
 * @param count how many of the last elements
 * @param deadline until when its caller waits, as {@link System#nanoTime()} will say it
 * @param reply the answer
 */
record ListCall(String key, int count, long deadline, CompletableFuture<Answer> reply) implements Call {

    /** For all elements. */
    static final int ALL = Integer.MAX_VALUE;

    private static final int OVERHEAD = 100;

    /**
     * What the commands gave, one after the other: others may have written in between.
     *
     * @param length how many elements the list had
     * @param elements the last of them
     * @param timeToLive in ms; -1 for a list without one, -2 if there was no list any more
     */
    record Answer(long length, List<byte[]> elements, long timeToLive) {

        Answer living(long millis) {
            return new Answer(length, elements, millis);
        }
    }

    @Override
    public long size() {
        return OVERHEAD + 3L * key.length();
    }
}
