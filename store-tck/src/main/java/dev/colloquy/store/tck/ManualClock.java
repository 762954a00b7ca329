package dev.colloquy.store.tck;

import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.concurrent.atomic.AtomicLong;

/** A clock that stands still until it is moved. Safe for any number of threads. */
public final class ManualClock implements InstantSource {

    private static final Instant START = Instant.parse("2026-03-01T12:00:00Z");

    private final AtomicLong passed = new AtomicLong();

    /** A clock that shows a fixed instant in the past. */
    public ManualClock() {}

    @Override
    public Instant instant() {
        return START.plusNanos(passed.get());
    }

    /** The time that has passed, in ns: for a store that measures time as {@link System#nanoTime} does. */
    public long nanoTime() {
        return passed.get();
    }

    /**
     * Moves it.
     *
     * @param duration by how much, from 0 to about 290 years in all
     * @throws ArithmeticException if that is more than it can hold
     */
    public void advance(Duration duration) {
        passed.addAndGet(duration.toNanos());
    }
}
