package dev.colloquy.adapter.http;

import dev.colloquy.domain.port.in.CheckReadinessUseCase;
import dev.colloquy.domain.port.in.Readiness;
import java.time.Duration;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.concurrent.atomic.AtomicReference;
import org.jspecify.annotations.Nullable;

/**
 * Answers in time also when the store does not. While a check hangs, others wait for the same one, so that whoever asks
 * every second does not pile up threads. Safe for any number of threads.
 */
final class BoundedReadiness implements CheckReadinessUseCase {

    private final CheckReadinessUseCase checkReadiness;
    private final Duration timeout;
    private final AtomicReference<@Nullable CompletableFuture<Readiness>> running = new AtomicReference<>();

    BoundedReadiness(CheckReadinessUseCase checkReadiness, Duration timeout) {
        this.checkReadiness = checkReadiness;
        this.timeout = timeout;
    }

    @Override
    public Readiness checkReadiness() {
        try {
            return runningCheck().get(timeout.toNanos(), TimeUnit.NANOSECONDS);
        } catch (TimeoutException e) {
            return unavailable("the store has not answered within " + timeout.toMillis() + " ms");
        } catch (ExecutionException e) {
            // As if it were called directly.
            throw new IllegalStateException("the check of the store failed", e.getCause());
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            return unavailable("the service stops");
        }
    }

    private CompletableFuture<Readiness> runningCheck() {
        CompletableFuture<Readiness> mine = new CompletableFuture<>();
        CompletableFuture<Readiness> other = running.compareAndExchange(null, mine);
        if (other != null) {
            return other;
        }
        Thread.ofVirtual().name("colloquy-readiness").start(() -> {
            try {
                mine.complete(checkReadiness.checkReadiness());
            } catch (RuntimeException | Error e) {
                mine.completeExceptionally(e);
            } finally {
                running.set(null);
            }
        });
        return mine;
    }

    private static Readiness unavailable(String detail) {
        return new Readiness(Readiness.State.UNAVAILABLE, detail);
    }
}
