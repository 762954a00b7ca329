package dev.colloquy.adapter.redis;

import java.time.Duration;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.Executor;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.locks.LockSupport;

/**
 * Sees to it that no call waits longer than its caller wanted, by looking at all of them every few milliseconds while
 * there are any. A time limit for each wait costs a good deal more: for a virtual thread the JDK starts and cancels a timer
 * then, on a thread of its own. A call ends at its deadline or up to {@link #INTERVAL} later.
 *
 * <p>Safe for any number of threads.
 */
final class Deadlines {

    /** Between two looks. */
    static final Duration INTERVAL = Duration.ofMillis(5);

    /** So many looks in vain before it stops looking, as it may be started anew for the next call. */
    private static final int MOST_IN_VAIN = 20;

    /** Something with calls in it. */
    @FunctionalInterface
    interface Watched {
        /**
         * Fails the calls whose time is over.
         *
         * @param nanoTime the time, as {@link System#nanoTime()} gives it
         * @return whether there are any calls
         */
        boolean expire(long nanoTime);
    }

    private final Executor executor;
    private final List<Watched> watched = new CopyOnWriteArrayList<>();
    private final AtomicBoolean looking = new AtomicBoolean();

    /**
     * @param executor what looks, on a thread that it may keep for as long as there are calls
     */
    Deadlines(Executor executor) {
        this.executor = executor;
    }

    void watch(Watched calls) {
        watched.add(calls);
    }

    /**
     * To be called after a call has come.
     *
     * @throws java.util.concurrent.RejectedExecutionException if the executor takes no work any more
     * @throws Error if the executor has no thread for it; the next call tries again
     */
    void callCame() {
        if (!looking.get() && looking.compareAndSet(false, true)) {
            try {
                executor.execute(this::look);
            } catch (RuntimeException | Error refused) {
                looking.set(false);
                throw refused;
            }
        }
    }

    private void look() {
        do {
            for (int inVain = 0; inVain < MOST_IN_VAIN; ) {
                LockSupport.parkNanos(INTERVAL.toNanos());
                inVain = expireAll() ? 0 : inVain + 1;
            }
            looking.set(false);
            // A call that came before that thought somebody was looking.
        } while (expireAll() && looking.compareAndSet(false, true));
    }

    private boolean expireAll() {
        long now = System.nanoTime();
        boolean any = false;
        for (Watched each : watched) {
            any |= expire(each, now);
        }
        return any;
    }

    /** An error, perhaps for want of memory, must not end all deadlines for good: the next look is soon. */
    private static boolean expire(Watched calls, long now) {
        try {
            return calls.expire(now);
        } catch (RuntimeException | Error passing) {
            return true;
        }
    }
}
