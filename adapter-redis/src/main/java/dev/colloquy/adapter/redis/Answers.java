package dev.colloquy.adapter.redis;

import dev.colloquy.domain.error.StoreUnavailable;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;

/** Waits for answers. */
final class Answers {

    /**
     * So often a caller on a platform thread lets others run before it sleeps. The first and second time gain nearly
     * all there is to gain; more of them take processors from other work ({@code docs/adr/0025}).
     */
    private static final int MOST_YIELDS = 2;

    private Answers() {}

    /**
     * The answer to a call that was submitted to a lane, which ends it in time ({@link Deadlines}).
     *
     * @param crowded whether so many callers wait that the answer may well be there when each of them has had its turn
     * @throws RuntimeException what Redis or the client answered, or StoreUnavailable if nothing came in time, or if the
     *     thread is interrupted, which it stays; a call that is not on its way yet is not sent then
     */
    static <T> T await(CompletableFuture<T> reply, boolean crowded) {
        return await(reply, crowded, Thread::yield);
    }

    /** The same, with what lets others run. */
    static <T> T await(CompletableFuture<T> reply, boolean crowded, Runnable yield) {
        // A virtual thread sleeps and wakes without the kernel.
        if (crowded && !Thread.currentThread().isVirtual()) {
            for (int i = 0; i < MOST_YIELDS && !reply.isDone(); i++) {
                yield.run();
            }
        }
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
