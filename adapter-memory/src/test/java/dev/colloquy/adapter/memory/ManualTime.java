package dev.colloquy.adapter.memory;

import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.concurrent.atomic.AtomicLong;

/** Time that stands still until it is moved; the clock and the nanoseconds move together or apart. */
final class ManualTime implements InstantSource {

    private static final Instant START = Instant.parse("2026-03-01T12:00:00Z");

    private final AtomicLong clock = new AtomicLong();
    private final AtomicLong nanoTime = new AtomicLong();

    @Override
    public Instant instant() {
        return START.plusNanos(clock.get());
    }

    long nanoTime() {
        return nanoTime.get();
    }

    void pass(Duration duration) {
        moveClock(duration);
        moveNanoTime(duration);
    }

    void moveClock(Duration duration) {
        clock.addAndGet(duration.toNanos());
    }

    void moveNanoTime(Duration duration) {
        nanoTime.addAndGet(duration.toNanos());
    }
}
