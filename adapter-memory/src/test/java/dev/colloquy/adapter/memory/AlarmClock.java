package dev.colloquy.adapter.memory;

import com.github.benmanes.caffeine.cache.Scheduler;
import dev.colloquy.store.tck.ManualClock;
import java.time.Duration;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.Executor;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;

/** Runs what was scheduled last while it moves a clock, at the time for which it was scheduled, in the caller's thread. */
final class AlarmClock implements Scheduler {

    private final ManualClock clock;
    private Runnable task = () -> {};
    private long due = Long.MAX_VALUE;

    AlarmClock(ManualClock clock) {
        this.clock = clock;
    }

    @Override
    public Future<?> schedule(Executor executor, Runnable command, long delay, TimeUnit unit) {
        task = command;
        due = clock.nanoTime() + unit.toNanos(delay);
        return new CompletableFuture<>();
    }

    void pass(Duration duration) {
        long end = clock.nanoTime() + duration.toNanos();
        while (due <= end) {
            moveTo(due);
            due = Long.MAX_VALUE;
            task.run();
        }
        moveTo(end);
    }

    private void moveTo(long time) {
        clock.advance(Duration.ofNanos(time - clock.nanoTime()));
    }
}
