package dev.colloquy.application.outbox;

import dev.colloquy.domain.conversation.ConversationId;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** One pass over what waits: which thread replays which conversation, and when to stop. Safe for any thread. */
final class DrainPass {

    private final Outbox outbox;
    private final Set<ConversationId> taken = new HashSet<>();
    private boolean isStopped;
    private @Nullable Throwable failure;

    DrainPass(Outbox outbox) {
        this.outbox = outbox;
    }

    /** All that waits for the conversation with the oldest entry that nobody has taken, or nothing; it is taken now. */
    synchronized List<Waiting> next() {
        List<Waiting> batch = isStopped ? List.of() : outbox.oldest(taken);
        if (!batch.isEmpty()) {
            taken.add(batch.getFirst().entry().conversation());
        }
        return batch;
    }

    /** Lets a conversation be taken again; one that is not released waits for the next pass. */
    synchronized void release(ConversationId conversation) {
        taken.remove(conversation);
    }

    /** Nothing is to be taken any more. */
    synchronized void stop() {
        isStopped = true;
    }

    /** Stops because of something unexpected. */
    synchronized void fail(Throwable cause) {
        isStopped = true;
        failure = cause;
    }

    /** Throws what stopped the pass unexpectedly, if anything did. */
    synchronized void throwWhatFailed() {
        if (failure instanceof RuntimeException e) {
            throw e;
        }
        if (failure instanceof Error e) {
            throw e;
        }
    }
}
