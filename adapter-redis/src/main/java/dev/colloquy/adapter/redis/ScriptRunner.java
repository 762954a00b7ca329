package dev.colloquy.adapter.redis;

import static java.nio.charset.StandardCharsets.US_ASCII;

import dev.colloquy.domain.error.StoreUnavailable;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.function.Function;

/**
 * Runs scripts and sees to it that the server knows them. A server that does not (it was restarted, or somebody flushed
 * its scripts) has run nothing, so only that call is repeated, with the source.
 *
 * <p>A script that writes does nothing once its caller has given up. So what a caller does next, a repetition or a
 * clear, is never overtaken by what it did before ({@link ServerClock}).
 *
 * <p>Safe for any number of threads.
 */
final class ScriptRunner {

    private static final int MOST_TRIES = 6;

    private final Function<String, Lane> lanes;
    /** Whether to ask the server to lock only the key; no longer once it has said that it cannot. */
    private volatile boolean keyLocking = true;

    private final ServerClock serverClock = new ServerClock(System::nanoTime);

    ScriptRunner(Function<String, Lane> lanes) {
        this.lanes = lanes;
    }

    /**
     * Runs a script on a conversation's key.
     *
     * @param arguments at least one
     * @param timeout how long to wait for the answer
     * @return what the script gives
     * @throws RuntimeException what Redis or the client answered, or StoreUnavailable if nothing came in time
     */
    Reply run(Script script, String key, List<byte[]> arguments, Duration timeout) {
        long deadline = System.nanoTime() + timeout.toNanos();
        boolean full = false;
        for (int tries = 0; tries < MOST_TRIES; tries++) {
            boolean locking = keyLocking;
            long latest = serverClock.at(deadline);
            ScriptCall call = new ScriptCall(
                    locking ? script.locking() : script.plain(),
                    full,
                    key,
                    script.writes() ? withNumber(latest, arguments) : arguments);
            lanes.apply(key).submit(call);
            try {
                Reply reply = new Reply(await(call, deadline));
                reply.serverMillis().ifPresent(serverClock::learn);
                if (!reply.kind().equals("late")) {
                    return reply;
                }
            } catch (RuntimeException failure) {
                if (full && locking && RedisErrors.refusesKeyLocking(failure)) {
                    keyLocking = false;
                    full = false;
                } else if (!full && RedisErrors.isUnknownScript(failure)) {
                    full = true;
                } else {
                    throw failure;
                }
                continue;
            }
            if (serverClock.at(deadline) <= latest) {
                // The time was not estimated badly: it is over.
                break;
            }
        }
        throw new StoreUnavailable("Redis did not get to the call in time", null);
    }

    /** The arguments, the first of them behind a number and a space. */
    private static List<byte[]> withNumber(long number, List<byte[]> arguments) {
        byte[] digits = (number + " ").getBytes(US_ASCII);
        byte[] first = arguments.getFirst();
        byte[] both = Arrays.copyOf(digits, digits.length + first.length);
        System.arraycopy(first, 0, both, digits.length, first.length);
        List<byte[]> all = new ArrayList<>(arguments);
        all.set(0, both);
        return all;
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
