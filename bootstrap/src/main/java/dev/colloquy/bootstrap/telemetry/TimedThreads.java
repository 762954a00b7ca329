package dev.colloquy.bootstrap.telemetry;

import java.time.Duration;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.TimeUnit;

/**
 * Threads that are interrupted when their task takes too long. Those that send telemetry limit the time until an answer
 * begins, or until its next byte: an answer that never ends would hold its thread for ever, and the next ones would soon
 * find none.
 */
final class TimedThreads {

    private TimedThreads() {}

    /** A virtual thread for each task, interrupted after this time. */
    static ExecutorService within(Duration longest) {
        return Executors.newThreadPerTaskExecutor(
                task -> Thread.ofVirtual().name("colloquy-otlp").unstarted(() -> run(task, longest)));
    }

    private static void run(Runnable task, Duration longest) {
        Thread self = Thread.currentThread();
        CompletableFuture<Boolean> done = new CompletableFuture<>();
        CompletableFuture<Boolean> unused = done.orTimeout(longest.toMillis(), TimeUnit.MILLISECONDS)
                .exceptionally(late -> {
                    self.interrupt();
                    return false;
                });
        try {
            task.run();
        } finally {
            done.complete(true);
        }
    }
}
