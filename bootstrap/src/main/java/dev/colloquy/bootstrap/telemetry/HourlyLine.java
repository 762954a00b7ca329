package dev.colloquy.bootstrap.telemetry;

import java.time.Duration;
import java.util.concurrent.atomic.AtomicLong;
import java.util.function.LongSupplier;

/**
 * Keeps a trouble that lasts from flooding the log: due at once, and once an hour after that. Safe for any number of
 * threads.
 */
final class HourlyLine {

    private static final long PAUSE_NANOS = Duration.ofHours(1).toNanos();

    private final LongSupplier nanoTime;
    private final AtomicLong silentUntil;

    /** @param nanoTime a clock in nanoseconds */
    HourlyLine(LongSupplier nanoTime) {
        this.nanoTime = nanoTime;
        silentUntil = new AtomicLong(nanoTime.getAsLong());
    }

    /** Whether to write it now; true for one caller an hour. */
    boolean isDue() {
        long now = nanoTime.getAsLong();
        long until = silentUntil.get();
        return now - until >= 0 && silentUntil.compareAndSet(until, now + PAUSE_NANOS);
    }
}
