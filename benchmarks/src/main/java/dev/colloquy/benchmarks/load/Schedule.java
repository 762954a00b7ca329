package dev.colloquy.benchmarks.load;

import java.util.concurrent.atomic.AtomicLong;
import java.util.concurrent.locks.LockSupport;

/** The times at which actions should begin, evenly spaced. Safe for any thread. */
final class Schedule {

    private final double spacing;
    private final AtomicLong tickets = new AtomicLong();

    Schedule(int perSecond) {
        spacing = 1e9 / perSecond;
    }

    /** The next time, in nanoseconds after the beginning. */
    long next() {
        return (long) (tickets.getAndIncrement() * spacing);
    }

    static void waitUntil(long nanoTime) {
        long left = nanoTime - System.nanoTime();
        while (left > 0) {
            LockSupport.parkNanos(left);
            left = nanoTime - System.nanoTime();
        }
    }
}
