package dev.colloquy.adapter.redis;

import dev.colloquy.domain.error.StoreUnavailable;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.function.Function;
import java.util.function.Supplier;

/**
 * Runs scripts and sees to it that the server knows them. A server that does not (it was restarted, or somebody flushed
 * its scripts) has run nothing of the command, so only that call is repeated, with the source. So is one whose command
 * was refused for its keys, perhaps for another call's.
 *
 * <p>What is repeated goes as one that may have been carried out, unless that is impossible ({@link NotRun}). For the
 * answer may be another command's: the client gives what befell one command of a pipeline to all that had no answer yet.
 *
 * <p>A script that writes does nothing once its caller has given up. So what a caller does next, a repetition or a
 * clear, is never overtaken by what it did before ({@link ServerClock}).
 *
 * <p>Safe for any number of threads.
 */
final class ScriptRunner {

    /** Each of the answers that lead to another try comes once, in any order; a late one perhaps twice. */
    private static final int MOST_TRIES = 8;

    private final Function<String, Lane> lanes;
    /** Whether to ask the server to lock only the key; no longer once it has said that it cannot. */
    private volatile boolean keyLocking = true;
    /** Whether the server has run a script. Until then the source travels along, so that it need not be asked for. */
    private volatile boolean hasRun;

    private final ServerClock serverClock = new ServerClock(System::nanoTime);

    ScriptRunner(Function<String, Lane> lanes) {
        this.lanes = lanes;
    }

    /**
     * Runs a script on a conversation's key.
     *
     * @param header the first argument, without the time of a script that writes
     * @param repeated the same for a repetition of what may have been carried out
     * @param messages the other arguments
     * @param timeout how long to wait for the answer
     * @return what the script gives
     * @throws RuntimeException what Redis or the client answered, or StoreUnavailable if nothing came in time
     */
    Reply run(
            Script script,
            String key,
            String header,
            Supplier<String> repeated,
            List<byte[]> messages,
            Duration timeout) {
        long deadline = System.nanoTime() + timeout.toNanos();
        boolean again = false;
        boolean full = !hasRun;
        boolean alone = false;
        for (int tries = 0; tries < MOST_TRIES && System.nanoTime() - deadline < 0; tries++) {
            boolean locking = keyLocking;
            ScriptCall call = new ScriptCall(
                    script,
                    locking ? script.locking() : script.plain(),
                    full,
                    alone,
                    key,
                    again ? repeated.get() : header,
                    script.writes() ? serverClock.at(deadline) : ServerClock.UNKNOWN,
                    messages,
                    Thread.currentThread().isVirtual(),
                    deadline,
                    new CompletableFuture<>());
            Lane lane = lanes.apply(key);
            lane.submit(call);
            try {
                Reply reply = Answers.await(call.reply(), lane.isCrowded());
                // Read first: it is written once, and a write makes every caller's processor fetch it anew.
                if (!hasRun) {
                    hasRun = true;
                }
                reply.serverMillis().ifPresent(serverClock::learn);
                if (!reply.isLate()) {
                    return reply;
                }
                full = false;
            } catch (RuntimeException failure) {
                again |= !(failure instanceof NotRun);
                // Perhaps to the source that travelled with another call of the same command.
                if (locking && RedisErrors.refusesKeyLocking(failure)) {
                    keyLocking = false;
                    full = true;
                } else if (!full && RedisErrors.isUnknownScript(failure)) {
                    full = true;
                } else if (!alone && RedisErrors.refusesKeys(failure)) {
                    alone = true;
                } else {
                    throw failure;
                }
            }
        }
        throw new StoreUnavailable("Redis did not get to the call in time", null);
    }
}
