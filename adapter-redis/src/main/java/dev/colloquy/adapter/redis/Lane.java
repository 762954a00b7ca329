package dev.colloquy.adapter.redis;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.Executor;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicReference;
import java.util.concurrent.locks.ReentrantLock;
import java.util.function.Consumer;

/**
 * Group commit. While a few batches of calls are on their way, those that come in the meantime gather and travel together
 * as the next one. Nothing waits when nothing is on its way, and there is no timer. A call larger than a batch may be
 * travels alone.
 *
 * <p>While answers come, whoever finds room sends, without handing over to another thread. Otherwise the client may have
 * to connect first, which can block, so that is left to a thread that nobody waits for.
 *
 * <p>Safe for any number of threads.
 */
final class Lane {

    /** Sends batches. */
    @FunctionalInterface
    interface Sender {
        /**
         * Sends a batch. Never throws.
         *
         * @param answered whether the batch before was answered without any error
         * @param over to be called once, as soon as the answer is there or will not come, with whether it came without
         *     any error; each call gets its result
         */
        void send(List<Call> batch, boolean answered, Consumer<Boolean> over);
    }

    private static final int MOST_CALLS = 256;
    private static final long MOST_BYTES = 1 << 20;
    /** More keep the server busy while answers are on their way back; still more make batches small. */
    private static final int MOST_BATCHES = 3;

    private final Sender sender;
    private final Executor executor;
    private final long patienceNanos;
    private final Queue<Call> waiting = new ConcurrentLinkedQueue<>();
    private final ReentrantLock gathering = new ReentrantLock();
    private final AtomicReference<Way> way = new AtomicReference<>(new Way());
    /** Whether the last batch was answered without any error. */
    private volatile boolean answered;

    /** What is on its way. */
    private static final class Way {
        private final AtomicInteger batches = new AtomicInteger();
        private volatile long lastSentNanos = System.nanoTime();

        private boolean enter() {
            return batches.getAndUpdate(count -> Math.min(count + 1, MOST_BATCHES)) < MOST_BATCHES;
        }

        private void leave() {
            batches.decrementAndGet();
        }
    }

    /**
     * @param executor what sends while it may block
     * @param patience how long a sender may take with a batch before the lane goes on without it
     */
    Lane(Sender sender, Executor executor, Duration patience) {
        this.sender = sender;
        this.executor = executor;
        this.patienceNanos = patience.toNanos();
    }

    void submit(Call call) {
        waiting.add(call);
        goOn();
    }

    /** Sends what waits, if another batch may be on its way. */
    private void goOn() {
        if (waiting.isEmpty()) {
            return;
        }
        Way current = way.get();
        if (current.enter()) {
            if (answered) {
                sendNext(current);
            } else {
                executor.execute(() -> sendNext(current));
            }
        } else if (System.nanoTime() - current.lastSentNanos > patienceNanos && way.compareAndSet(current, new Way())) {
            // The sender forgot its batches. Their callers have long given up; those behind must not wait for ever.
            goOn();
        }
    }

    private void sendNext(Way current) {
        List<Call> batch = gather();
        if (batch.isEmpty()) {
            leave(current);
            return;
        }
        current.lastSentNanos = System.nanoTime();
        sender.send(batch, answered, came -> {
            answered = came;
            leave(current);
        });
    }

    /** What came after the last look and before this found no room; so look again. */
    private void leave(Way current) {
        current.leave();
        goOn();
    }

    /** Takes what fits into one batch, without the calls that nobody waits for any more. */
    private List<Call> gather() {
        gathering.lock();
        try {
            List<Call> batch = new ArrayList<>();
            long bytes = 0;
            for (Call next = waiting.peek(); next != null && batch.size() < MOST_CALLS; next = waiting.peek()) {
                bytes += next.size();
                if (!batch.isEmpty() && bytes > MOST_BYTES) {
                    break;
                }
                waiting.remove();
                if (!next.reply().isDone()) {
                    batch.add(next);
                }
            }
            return batch;
        } finally {
            gathering.unlock();
        }
    }
}
