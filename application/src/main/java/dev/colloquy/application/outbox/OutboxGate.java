package dev.colloquy.application.outbox;

import dev.colloquy.domain.error.StoreUnavailable;
import java.time.Duration;
import java.util.concurrent.locks.Condition;
import java.util.concurrent.locks.ReentrantLock;
import java.util.function.BooleanSupplier;
import java.util.function.Supplier;

/** The outbox's lock, what waits for a change under it, and whether the outbox still takes anything in. */
final class OutboxGate {

    private final ReentrantLock lock = new ReentrantLock();
    private final Condition changed = lock.newCondition();
    private volatile boolean closed;

    void locked(Runnable action) {
        lock.lock();
        try {
            action.run();
        } finally {
            lock.unlock();
        }
    }

    <T> T lockedGet(Supplier<T> action) {
        lock.lock();
        try {
            return action.get();
        } finally {
            lock.unlock();
        }
    }

    /** Wakes whoever waits. The caller holds the lock. */
    void changed() {
        changed.signalAll();
    }

    /** From now on nothing new is taken in. */
    void close() {
        locked(() -> {
            closed = true;
            changed();
        });
    }

    boolean isClosed() {
        return closed;
    }

    void requireOpen() {
        if (closed) {
            throw new StoreUnavailable(
                    "the store is unavailable and this process is stopping, so it accepts no more messages", null);
        }
    }

    /**
     * Waits until the condition holds, but not longer than a time.
     *
     * @return whether it holds
     */
    boolean await(BooleanSupplier condition, Duration atMost) throws InterruptedException {
        lock.lock();
        try {
            long nanos = atMost.toNanos();
            while (!condition.getAsBoolean()) {
                if (nanos <= 0) {
                    return false;
                }
                nanos = changed.awaitNanos(nanos);
            }
            return true;
        } finally {
            lock.unlock();
        }
    }
}
