package dev.colloquy.adapter.redis;

import dev.colloquy.domain.error.StoreUnavailable;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;

/** Waits for answers. */
final class Answers {

    private Answers() {}

    /**
     * The answer to a call that was submitted to a lane, which ends it in time ({@link Deadlines}).
     *
     * @throws RuntimeException what Redis or the client answered, or StoreUnavailable if nothing came in time, or if the
     *     thread is interrupted, which it stays; a call that is not on its way yet is not sent then
     */
    static <T> T await(CompletableFuture<T> reply) {
        try {
            return reply.get();
        } catch (ExecutionException failed) {
            if (failed.getCause() instanceof RuntimeException cause) {
                throw cause;
            }
            throw new StoreUnavailable("Redis did not answer", failed.getCause());
        } catch (InterruptedException interrupted) {
            reply.completeExceptionally(interrupted);
            Thread.currentThread().interrupt();
            throw new StoreUnavailable("interrupted while waiting for Redis", null);
        }
    }
}
