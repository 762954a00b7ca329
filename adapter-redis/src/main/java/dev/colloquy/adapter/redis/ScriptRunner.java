package dev.colloquy.adapter.redis;

import dev.colloquy.domain.error.StoreUnavailable;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.function.Function;

/**
 * Runs scripts and sees to it that the server knows them. A server that does not (it was restarted, or somebody flushed
 * its scripts) has run nothing, so only that call is repeated, with the source. Safe for any number of threads.
 */
final class ScriptRunner {

    private static final int MOST_TRIES = 5;

    private final Function<String, Lane> lanes;
    /** Whether to ask the server to lock only the key; no longer once it has said that it cannot. */
    private volatile boolean keyLocking = true;

    ScriptRunner(Function<String, Lane> lanes) {
        this.lanes = lanes;
    }

    /**
     * Runs a script on a conversation's key.
     *
     * @param timeout how long to wait for the answer
     * @throws RuntimeException what Redis or the client answered, or StoreUnavailable if nothing came in time
     */
    List<Object> run(Script script, String key, List<byte[]> arguments, Duration timeout) {
        long deadline = System.nanoTime() + timeout.toNanos();
        boolean full = false;
        for (int tries = 1; ; tries++) {
            boolean locking = keyLocking;
            ScriptCall call = new ScriptCall(locking ? script.locking() : script.plain(), full, key, arguments);
            lanes.apply(key).submit(call);
            try {
                return await(call, deadline);
            } catch (RuntimeException failure) {
                if (tries == MOST_TRIES) {
                    throw failure;
                }
                if (full && locking && RedisErrors.refusesKeyLocking(failure)) {
                    keyLocking = false;
                    full = false;
                } else if (!full && RedisErrors.isUnknownScript(failure)) {
                    full = true;
                } else {
                    throw failure;
                }
            }
        }
    }

    private static List<Object> await(ScriptCall call, long deadline) {
        try {
            return call.result().get(deadline - System.nanoTime(), TimeUnit.NANOSECONDS);
        } catch (ExecutionException failed) {
            if (failed.getCause() instanceof RuntimeException cause) {
                throw cause;
            }
            throw new StoreUnavailable("Redis did not answer", failed.getCause());
        } catch (TimeoutException late) {
            StoreUnavailable unavailable = new StoreUnavailable("Redis did not answer in time", null);
            call.result().completeExceptionally(unavailable);
            throw unavailable;
        } catch (InterruptedException interrupted) {
            call.result().completeExceptionally(interrupted);
            Thread.currentThread().interrupt();
            throw new StoreUnavailable("interrupted while waiting for Redis", null);
        }
    }
}
