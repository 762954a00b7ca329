package dev.colloquy.adapter.redis;

import dev.colloquy.domain.error.StoreUnavailable;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;

/** Waits for answers. */
final class Answers {

    private Answers() {}

    /**
     * The answer. One that comes too late is not waited for, and nobody else need wait for it: the reply is completed.
     *
     * @param deadline as {@link System#nanoTime()} will say it
     * @throws RuntimeException what Redis or the client answered, or StoreUnavailable if nothing came in time
     */
    static <T> T await(CompletableFuture<T> reply, long deadline) {
        try {
            return reply.get(deadline - System.nanoTime(), TimeUnit.NANOSECONDS);
        } catch (ExecutionException failed) {
            if (failed.getCause() instanceof RuntimeException cause) {
                throw cause;
            }
            throw new StoreUnavailable("Redis did not answer", failed.getCause());
        } catch (TimeoutException late) {
            StoreUnavailable unavailable = new StoreUnavailable("Redis did not answer in time", null);
            reply.completeExceptionally(unavailable);
            throw unavailable;
        } catch (InterruptedException interrupted) {
            reply.completeExceptionally(interrupted);
            Thread.currentThread().interrupt();
            throw new StoreUnavailable("interrupted while waiting for Redis", null);
        }
    }
}
