package dev.colloquy.application.outbox;

import dev.colloquy.domain.conversation.ConversationId;
import java.time.Duration;
import java.util.HashMap;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;

/**
 * Callers that wait until nothing of their conversation waits any more. Each conversation has its own signal, for with one
 * for all, each replayed entry would wake them all. Guarded by the outbox's lock, but for the waiting itself.
 */
final class Turns {

    private final Map<ConversationId, CompletableFuture<Void>> turns = new HashMap<>();

    /** What is completed when the turn has come, or will not come soon. */
    CompletableFuture<Void> of(ConversationId id) {
        return turns.computeIfAbsent(id, any -> new CompletableFuture<>());
    }

    void over(ConversationId id) {
        CompletableFuture<Void> turn = turns.remove(id);
        if (turn != null) {
            turn.complete(null);
        }
    }

    void allOver() {
        turns.values().forEach(turn -> turn.complete(null));
        turns.clear();
    }

    /** Waits, but not longer than a time; an interrupt ends it and stays. */
    static void await(CompletableFuture<Void> turn, Duration atMost) {
        try {
            turn.get(atMost.toNanos(), TimeUnit.NANOSECONDS);
        } catch (TimeoutException e) {
            // Then the caller's message queues behind the others.
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        } catch (ExecutionException e) {
            throw new IllegalStateException(e);
        }
    }
}
