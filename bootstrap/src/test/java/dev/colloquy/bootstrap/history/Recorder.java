package dev.colloquy.bootstrap.history;

import java.util.List;
import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.atomic.AtomicLong;

/** Writes the history down while it happens. Safe for any number of threads. */
final class Recorder {

    private final Queue<Operation> operations = new ConcurrentLinkedQueue<>();
    private final AtomicLong clears = new AtomicLong();

    /** The time of the history, in nanoseconds. */
    static long now() {
        return System.nanoTime();
    }

    long nextClear() {
        return clears.incrementAndGet();
    }

    void add(Operation operation) {
        operations.add(operation);
    }

    List<Operation> operations() {
        return List.copyOf(operations);
    }
}
