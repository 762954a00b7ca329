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
 * the next one, when {@link Departures} allows it. Nothing waits when nothing is on its way, and there is no timer. A call
 * larger than a batch may be travels alone.
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

    private static final long MOST_BYTES = 1 << 20;

    private final Sender sender;
    private final Executor executor;
    private final long patienceNanos;
    private final Runnable callCame;
    private final LongSupplier nanoTime;

    private final Queue<Call> waiting = new ConcurrentLinkedQueue<>();
    /** How many wait; for a moment more than can be found. */
    private final AtomicInteger waits = new AtomicInteger();

    private final ReentrantLock lock = new ReentrantLock();
    /** What is on its way, oldest first. Under the lock; when the oldest was sent may be read without. */
    private final List<Batch> underWay = new ArrayList<>();

    private volatile long oldestSentNanos;
    /** What is no longer on its way, while some of its calls may have no answer yet. Under the lock. */
    private final List<Batch> arrived = new ArrayList<>();

    private final Departures departures = new Departures();

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

        private boolean isAnswered() {
            return calls.stream().allMatch(call -> call.reply().isDone());
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
        } catch (RejectedExecutionException | Error noThread) {
            call.reply().completeExceptionally(noThread);
        }
        goOn();
    }

    /** Whether many calls are on their way to a server nearby. */
    boolean isCrowded() {
        return departures.isCrowded();
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
            arrived.removeIf(Batch::isAnswered);
            arrived.forEach(batch -> open.addAll(batch.calls));
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
        } catch (RejectedExecutionException | Error noThread) {
            batch.calls.forEach(call -> call.reply().completeExceptionally(noThread));
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
                departures.cameBackAfter(nanoTime.getAsLong() - batch.sentNanos);
            }
        } finally {
            lock.unlock();
        }
        goOn();
    }

    private @Nullable Batch next() {
        if (!departures.allow(waits.get()) && !forgotten()) {
            return null;
        }
        lock.lock();
        try {
            if (forgotten()) {
                // Its callers have long given up; those behind must not wait for ever.
                forget(underWay.getFirst());
            }
            return departures.allow(waits.get()) ? gather() : null;
        } finally {
            lock.unlock();
        }
    }

    /** Whether the sender forgot the oldest batch. */
    private boolean forgotten() {
        return departures.isAnyUnderWay() && nanoTime.getAsLong() - oldestSentNanos > patienceNanos;
    }

    private void forget(Batch batch) {
        if (underWay.remove(batch)) {
            arrived.add(batch);
        }
        count();
    }

    private void count() {
        if (!underWay.isEmpty()) {
            oldestSentNanos = underWay.getFirst().sentNanos;
        }
        int calls = 0;
        for (Batch batch : underWay) {
            calls += batch.calls.size();
        }
        departures.underWay(underWay.size(), calls);
    }

    /** Takes what goes into one batch, without the calls that nobody waits for any more; null if there is no other. */
    private @Nullable Batch gather() {
        int share = departures.share(waits.get());
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
