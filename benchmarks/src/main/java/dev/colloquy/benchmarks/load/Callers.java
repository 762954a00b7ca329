package dev.colloquy.benchmarks.load;

import dev.colloquy.benchmarks.measure.Metric;
import dev.colloquy.benchmarks.measure.Sample;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicReference;
import org.jspecify.annotations.Nullable;

/**
 * A number of threads that act at the same time.
 *
 * @param count how many, from 1
 * @param threads what kind of threads
 * @param warmUp how long they act before anything is recorded
 * @param time how long they act while it is recorded
 */
public record Callers(int count, Threads threads, Duration warmUp, Duration time) {

    // An action that begins at the last moment has another minute to end.
    private static final Duration LONGEST_OVERRUN = Clock.LONGEST_BACKLOG.plusMinutes(1);

    /** The kinds of threads. */
    public enum Threads {
        /** One of the operating system's for each caller. */
        PLATFORM,
        /** The JDK's virtual threads. */
        VIRTUAL
    }

    /**
     * Each caller acts again as soon as it is done (closed loop).
     *
     * @return throughput, latencies, allocation
     * @throws ExecutionException with what an action threw
     * @throws IllegalStateException if no action began within the time that is recorded
     */
    public Sample closedLoop(Action action) throws InterruptedException, ExecutionException {
        return run((caller, clock) -> {
            while (clock.goesOn()) {
                caller.perform(action, clock.now());
            }
        });
    }

    /**
     * Actions begin at fixed times, whether or not the ones before are done (open loop). An action that had to wait for
     * a free caller counts from the time it should have begun, so a stall is not hidden by the calls it kept from being
     * made (no coordinated omission). What was due in time is done also after the end, for a minute at most.
     *
     * @param perSecond how many actions should begin in a second, of all callers together
     * @return throughput, latencies, allocation
     * @throws ExecutionException with what an action threw, or if there is still work left then
     * @throws IllegalStateException if no action was due within the time that is recorded
     */
    public Sample openLoop(int perSecond, Action action) throws InterruptedException, ExecutionException {
        Schedule schedule = new Schedule(perSecond);
        return run((caller, clock) -> {
            // Also what was due in time and has not begun by its end: it has waited longest of all.
            while (true) {
                long due = clock.began() + schedule.next();
                if (due >= clock.ends()) {
                    return;
                }
                clock.requireKeptUp();
                Schedule.waitUntil(due);
                caller.perform(action, due);
            }
        });
    }

    private interface Loop {
        void run(Caller caller, Clock clock) throws Exception;
    }

    private Sample run(Loop loop) throws InterruptedException, ExecutionException {
        List<Caller> callers = new ArrayList<>();
        List<Thread> running = new ArrayList<>();
        CountDownLatch ready = new CountDownLatch(count);
        CountDownLatch start = new CountDownLatch(1);
        Clock clock = new Clock(warmUp, time, System::nanoTime);
        AtomicReference<@Nullable Throwable> failure = new AtomicReference<>();
        for (int i = 0; i < count; i++) {
            Caller caller = new Caller(i, clock);
            callers.add(caller);
            running.add(start("caller-" + i, () -> {
                ready.countDown();
                try {
                    start.await();
                    loop.run(caller, clock);
                } catch (Throwable failed) {
                    failure.compareAndSet(null, failed);
                }
            }));
        }
        ready.await();
        clock.start();
        start.countDown();
        TimeUnit.NANOSECONDS.sleep(warmUp.toNanos());
        Allocation allocation = Allocation.now();
        for (Thread thread : running) {
            if (!thread.join(warmUp.plus(time).plus(LONGEST_OVERRUN))) {
                throw new IllegalStateException("a caller hangs in " + thread);
            }
        }
        double allocated = allocation.since();
        Throwable failed = failure.get();
        if (failed != null) {
            throw new ExecutionException("a caller failed", failed);
        }
        long ended = callers.stream().mapToLong(Caller::ended).sum();
        return Caller.summary(callers, clock).with(Metric.ALLOCATED, allocated / Math.max(1, ended));
    }

    private Thread start(String name, Runnable work) {
        return threads == Threads.VIRTUAL
                ? Thread.ofVirtual().name(name).start(work)
                : Thread.ofPlatform().daemon().name(name).start(work);
    }
}
