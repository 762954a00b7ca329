package dev.colloquy.bootstrap.journal;

/**
 * When a journal's file is so much larger than what it holds that it is to be written anew. What is put up with stays so
 * when the file is opened again after a failure. Used by one thread at a time.
 */
final class SizeLimits {

    /** How many times as large as what it holds the file may be, above the size that is never too large. */
    private static final int MOST_TIMES = 4;

    private final long neverTooLarge;
    private long tooLargeFrom;
    private long tooLargeBelow;

    /** @param neverTooLarge up to how many bytes the file is as good as empty */
    SizeLimits(long neverTooLarge) {
        this.neverTooLarge = neverTooLarge;
        this.tooLargeFrom = neverTooLarge;
    }

    /** Whether most of a file is of no use any more, so that a copy would be much smaller. */
    boolean isTooLarge(long size, long held) {
        boolean isDue = size > tooLargeFrom || held < tooLargeBelow;
        return isDue && size > neverTooLarge + MOST_TIMES * held;
    }

    /** It is not too large before it is twice this size, or holds less than half as much: a copy needs less room then. */
    void putUpWith(long size, long held) {
        tooLargeFrom = Math.max(neverTooLarge, 2 * size);
        tooLargeBelow = Math.ceilDiv(held, 2);
    }

    /** Forgets what is put up with: there is a new file. */
    void reset() {
        tooLargeFrom = neverTooLarge;
        tooLargeBelow = 0;
    }
}
