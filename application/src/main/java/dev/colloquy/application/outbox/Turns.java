package dev.colloquy.application.outbox;

import dev.colloquy.domain.conversation.ConversationId;
import java.time.Duration;
import java.util.HashMap;
import java.util.Map;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;

/**
 * Callers that wait until nothing of their conversation waits any more. Each conversation has its own signal, for with one
 * for all, each replayed entry would wake them all. Guarded by the outbox's lock, but for the waiting itself.
 */
final class Turns {

    /** The turn of whoever need not wait. */
    static final CountDownLatch NOW = new CountDownLatch(0);

    private final Map<ConversationId, CountDownLatch> turns = new HashMap<>();

    /** What is opened when the turn has come, or will not come soon. */
    CountDownLatch of(ConversationId id) {
        return turns.computeIfAbsent(id, any -> new CountDownLatch(1));
    }

    void over(ConversationId id) {
        CountDownLatch turn = turns.remove(id);
        if (turn != null) {
            turn.countDown();
        }
    }

    void allOver() {
        turns.values().forEach(CountDownLatch::countDown);
        turns.clear();
    }

    /** Waits, but not longer than a time, after which the caller queues behind the others; an interrupt ends it and stays. */
    static void await(CountDownLatch turn, Duration atMost) {
        try {
            boolean ignored = turn.await(atMost.toNanos(), TimeUnit.NANOSECONDS);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }
}
