package dev.colloquy.adapter.redis;

import dev.colloquy.domain.error.StoreUnavailable;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.Executor;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.locks.ReentrantLock;
import java.util.function.Consumer;
import java.util.function.LongSupplier;
import org.jspecify.annotations.Nullable;

/**
 * Group commit. While batches of calls are on their way, those that come in the meantime gather and travel together as
 * the next one. Nothing waits when nothing is on its way, and there is no timer. A call larger than a batch may be
 * travels alone.
 *
 * <p>At best a third of the calls is with the server, a third on its way there, and a third with the callers: then the
 * server and the client both always have work. So a second batch departs only when half as many calls wait as are on
 * their way, and none takes much more than a third of all. Without such a rule nearly all calls end up in one batch, and
 * the server and the client take turns. Where the way is long it is the way that has to be filled, with more and smaller
 * batches.
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
    /** On their way at once. */
    private static final int MOST_BATCHES = 2;

    private static final int MOST_BATCHES_ON_LONG_WAY = 8;
    /** More than a server nearby takes for a batch that had to wait for another one. */
    private static final long LONG_WAY_NANOS = Duration.ofMillis(4).toNanos();
    /** How many batches it takes until a longer way is believed; a shorter one is at once. */
    private static final int DOUBT = 64;
    /** So many calls cost hardly more together than half of them. */
    private static final int FEW_CALLS = 16;

    private final Sender sender;
    private final Executor executor;
    private final long patienceNanos;
    private final Runnable callCame;
    private final LongSupplier nanoTime;

    private final Queue<Call> waiting = new ConcurrentLinkedQueue<>();
    /** How many wait; for a moment more than can be found. */
    private final AtomicInteger waits = new AtomicInteger();

    private final ReentrantLock lock = new ReentrantLock();
    /** What is on its way, oldest first. Under the lock; what is said about it here may be read without. */
    private final List<Batch> underWay = new ArrayList<>();

    private volatile int batchesUnderWay;
    private volatile int callsUnderWay;
    private volatile long oldestSentNanos;
    /** About how long batches take there and back, at least; 0 before the first. */
    private volatile long wayNanos;

    /** Whether the last batch was answered without any error. */
    private volatile boolean answered;

    /** Equal only to itself. */
    private static final class Batch {
        private final List<Call> calls;
        private final long sentNanos;

        private Batch(List<Call> calls, long sentNanos) {
            this.calls = calls;
            this.sentNanos = sentNanos;
        }
    }

    /**
     * @param executor what sends while it may block
     * @param patience how long a sender may take with a batch before the lane goes on without it
     * @param callCame run after each new call; whoever it wakes uses {@link #expire}
     * @param nanoTime as {@link System#nanoTime()}
     */
    Lane(Sender sender, Executor executor, Duration patience, Runnable callCame, LongSupplier nanoTime) {
        this.sender = sender;
        this.executor = executor;
        this.patienceNanos = patience.toNanos();
        this.callCame = callCame;
        this.nanoTime = nanoTime;
    }

    /** Takes a call, whose reply will be completed in any case, if {@link #expire} is used. */
    void submit(Call call) {
        waits.incrementAndGet();
        waiting.add(call);
        try {
            callCame.run();
        } catch (RejectedExecutionException closed) {
            call.reply().completeExceptionally(closed);
        }
        goOn();
    }

    /**
     * Fails the calls whose time is over, wherever they are. What is on its way may be carried out all the same.
     *
     * @param nanoTime the time, as {@link System#nanoTime()} gives it
     * @return whether there are calls without an answer
     */
    boolean expire(long nanoTime) {
        List<Call> open = new ArrayList<>();
        lock.lock();
        try {
            open.addAll(waiting);
            underWay.forEach(batch -> open.addAll(batch.calls));
        } finally {
            lock.unlock();
        }
        open.removeIf(call -> call.reply().isDone());
        for (Call call : open) {
            if (nanoTime - call.deadline() >= 0) {
                call.reply().completeExceptionally(new StoreUnavailable("Redis did not answer in time", null));
            }
        }
        return !open.isEmpty();
    }

    /** Sends what waits, as far as it may depart. */
    private void goOn() {
        for (Batch next = next(); next != null; next = next()) {
            send(next);
        }
    }

    private void send(Batch batch) {
        if (answered) {
            sendNow(batch);
            return;
        }
        try {
            executor.execute(() -> sendNow(batch));
        } catch (RejectedExecutionException closed) {
            batch.calls.forEach(call -> call.reply().completeExceptionally(closed));
            arrive(batch, false);
        }
    }

    private void sendNow(Batch batch) {
        sender.send(batch.calls, answered, came -> {
            answered = came;
            arrive(batch, came);
        });
    }

    private void arrive(Batch batch, boolean came) {
        lock.lock();
        try {
            forget(batch);
            if (came) {
                learn(nanoTime.getAsLong() - batch.sentNanos);
            }
        } finally {
            lock.unlock();
        }
        goOn();
    }

    private void learn(long tookNanos) {
        long before = wayNanos;
        wayNanos = before == 0 || tookNanos < before ? tookNanos : before + (tookNanos - before) / DOUBT;
    }

    private int mostBatches() {
        return wayNanos > LONG_WAY_NANOS ? MOST_BATCHES_ON_LONG_WAY : MOST_BATCHES;
    }

    private @Nullable Batch next() {
        if (!mayDepart() && !forgotten()) {
            return null;
        }
        lock.lock();
        try {
            if (forgotten()) {
                // Its callers have long given up; those behind must not wait for ever.
                forget(underWay.getFirst());
            }
            return mayDepart() ? gather() : null;
        } finally {
            lock.unlock();
        }
    }

    private boolean mayDepart() {
        int count = waits.get();
        int most = mostBatches();
        return count > 0 && batchesUnderWay < most && most * count >= callsUnderWay;
    }

    /** Whether the sender forgot the oldest batch. */
    private boolean forgotten() {
        return batchesUnderWay > 0 && nanoTime.getAsLong() - oldestSentNanos > patienceNanos;
    }

    private void forget(Batch batch) {
        underWay.remove(batch);
        count();
    }

    private void count() {
        if (!underWay.isEmpty()) {
            oldestSentNanos = underWay.getFirst().sentNanos;
        }
        callsUnderWay = underWay.stream().mapToInt(batch -> batch.calls.size()).sum();
        batchesUnderWay = underWay.size();
    }

    /** Takes what goes into one batch, without the calls that nobody waits for any more; null if there is no other. */
    private @Nullable Batch gather() {
        // One share for each batch, and one for the callers.
        int share = Math.clamp(Math.ceilDiv(waits.get() + callsUnderWay, mostBatches() + 1), FEW_CALLS, MOST_CALLS);
        List<Call> calls = new ArrayList<>(share);
        long bytes = 0;
        for (Call next = waiting.peek(); next != null && calls.size() < share; next = waiting.peek()) {
            bytes += next.size();
            if (!calls.isEmpty() && bytes > MOST_BYTES) {
                break;
            }
            waiting.remove();
            waits.decrementAndGet();
            if (!next.reply().isDone()) {
                calls.add(next);
            }
        }
        if (calls.isEmpty()) {
            return null;
        }
        Batch batch = new Batch(calls, nanoTime.getAsLong());
        underWay.add(batch);
        count();
        return batch;
    }
}
