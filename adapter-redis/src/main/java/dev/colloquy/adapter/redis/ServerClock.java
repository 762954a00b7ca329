package dev.colloquy.adapter.redis;

import java.time.Duration;
import java.util.function.LongSupplier;
import org.jspecify.annotations.Nullable;

/**
 * What is known of the server's clock, so that a write can say until when it may begin. It is a lower bound: an answer
 * that names the server's time is some time on its way. So a write never begins after its caller has given up; at worst
 * it is refused although there was a little time left.
 *
 * <p>In a cluster there is one estimate for all nodes, of the clock that is furthest ahead. By as much as another one is
 * behind it, a write there may begin too late; NTP keeps that to some milliseconds.
 *
 * <p>Safe for any number of threads.
 */
final class ServerClock {

    /** As deadline: of a server whose time is not known yet, which refuses the write and says its time. */
    static final long UNKNOWN = 0;

    /** After this long a lower estimate counts too: the server's clock may have been set back, or be another one. */
    private static final long TRUSTED_NANOS = Duration.ofSeconds(10).toNanos();

    private static final long NANOS_PER_MILLI = 1_000_000;

    /** By how much the server's time is ahead of ours, at least, in ms; and when an answer showed it. */
    private record Estimate(long aheadMillis, long learntNanos) {}

    private final LongSupplier nanoTime;
    private volatile @Nullable Estimate estimate;

    /**
     * @param nanoTime as {@link System#nanoTime()}
     */
    ServerClock(LongSupplier nanoTime) {
        this.nanoTime = nanoTime;
    }

    /** The server's time in ms when ours will be this, or a little less; {@link #UNKNOWN} before any answer. */
    long at(long nanos) {
        Estimate now = estimate;
        return now == null ? UNKNOWN : now.aheadMillis + Math.floorDiv(nanos, NANOS_PER_MILLI);
    }

    /** Takes note of the time in ms that an answer of the server carries. */
    void learn(long serverMillis) {
        long nanos = nanoTime.getAsLong();
        long ahead = serverMillis - Math.ceilDiv(nanos, NANOS_PER_MILLI);
        Estimate now = estimate;
        if (now == null || ahead > now.aheadMillis || nanos - now.learntNanos > TRUSTED_NANOS) {
            estimate = new Estimate(ahead, nanos);
        }
    }
}
