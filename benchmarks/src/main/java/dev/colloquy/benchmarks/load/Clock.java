package dev.colloquy.benchmarks.load;

import java.time.Duration;
import java.util.function.LongSupplier;

/** The time: when a round begins, when recording begins, and when it ends. */
final class Clock {

    /** How long after the end there may be work that was due before. */
    static final Duration LONGEST_BACKLOG = Duration.ofMinutes(1);

    private final long warmUp;
    private final long time;
    private final LongSupplier nanoTime;
    private volatile long began;

    /**
     * @param warmUp how long nothing is recorded
     * @param time how long it is recorded then
     * @param nanoTime as {@link System#nanoTime()}
     */
    Clock(Duration warmUp, Duration time, LongSupplier nanoTime) {
        this.warmUp = warmUp.toNanos();
        this.time = time.toNanos();
        this.nanoTime = nanoTime;
    }

    void start() {
        began = now();
    }

    long now() {
        return nanoTime.getAsLong();
    }

    long began() {
        return began;
    }

    long records() {
        return began + warmUp;
    }

    long ends() {
        return began + warmUp + time;
    }

    /** How long it is recorded, in seconds. */
    double seconds() {
        return time / 1e9;
    }

    boolean goesOn() {
        return now() < ends();
    }

    /** @throws IllegalStateException if the end is so long ago that what was due before it will not be done */
    void requireKeptUp() {
        if (now() - ends() > LONGEST_BACKLOG.toNanos()) {
            throw new IllegalStateException("work arrives faster than it is done: of what was due, some has not begun "
                    + LONGEST_BACKLOG.toSeconds() + " s after the end");
        }
    }
}
