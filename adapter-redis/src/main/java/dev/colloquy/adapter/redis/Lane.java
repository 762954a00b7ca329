package dev.colloquy.adapter.redis;

import java.util.ArrayList;
import java.util.List;
import java.util.Queue;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.Executor;
import java.util.concurrent.atomic.AtomicBoolean;

/**
 * Group commit. While one batch of calls is on its way, those that come in the meantime gather and travel together as
 * the next one. Nothing waits when nothing is on its way, and there is no timer. A call larger than a batch may be
 * travels alone. Safe for any number of threads.
 */
final class Lane {

    /** Sends a batch; the stage completes, in whichever way, when each call's result has. Never throws. */
    @FunctionalInterface
    interface Sender {
        CompletionStage<?> send(List<ScriptCall> batch);
    }

    private static final int MOST_CALLS = 256;
    private static final long MOST_BYTES = 1 << 20;

    private final Sender sender;
    private final Executor executor;
    private final Queue<ScriptCall> waiting = new ConcurrentLinkedQueue<>();
    private final AtomicBoolean busy = new AtomicBoolean();

    /**
     * @param executor what sends: sending may block while Redis cannot be reached, and callers must not
     */
    Lane(Sender sender, Executor executor) {
        this.sender = sender;
        this.executor = executor;
    }

    void submit(ScriptCall call) {
        waiting.add(call);
        if (busy.compareAndSet(false, true)) {
            executor.execute(this::sendNext);
        }
    }

    private void sendNext() {
        List<ScriptCall> batch = gather();
        while (batch.isEmpty()) {
            busy.set(false);
            if (waiting.isEmpty() || !busy.compareAndSet(false, true)) {
                return;
            }
            batch = gather();
        }
        sender.send(batch).whenComplete((done, failed) -> goOn());
    }

    private void goOn() {
        if (waiting.isEmpty()) {
            busy.set(false);
            if (waiting.isEmpty() || !busy.compareAndSet(false, true)) {
                return;
            }
        }
        executor.execute(this::sendNext);
    }

    /** Takes what fits into one batch, without the calls that nobody waits for any more. */
    private List<ScriptCall> gather() {
        List<ScriptCall> batch = new ArrayList<>();
        long bytes = 0;
        for (ScriptCall next = waiting.peek(); next != null && batch.size() < MOST_CALLS; next = waiting.peek()) {
            bytes += next.size();
            if (!batch.isEmpty() && bytes > MOST_BYTES) {
                break;
            }
            waiting.remove();
            if (!next.result().isDone()) {
                batch.add(next);
            }
        }
        return batch;
    }
}
