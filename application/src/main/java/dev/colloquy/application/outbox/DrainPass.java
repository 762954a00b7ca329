package dev.colloquy.application.outbox;

import dev.colloquy.domain.conversation.AgentId;
import dev.colloquy.domain.conversation.ConversationId;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * One pass over what waits: which thread replays which conversation, and when to stop. Safe for any thread, and guarded by
 * the outbox's lock instead of a monitor: before JDK 24 a virtual thread that waits for that lock with a monitor in its hand
 * keeps its carrier, and the thread whose turn it is may have none left to run on.
 */
final class DrainPass {

    /**
     * So many times in a row the store may say that it has no room, and store nothing in between. If it is full it is not
     * asked about all that waits, each time; if only one of its nodes is, another one's turn comes before that.
     */
    private static final int MOST_REFUSALS = 64;

    /** So many conversations of an agent may be refused access in a row: perhaps all of it are, perhaps those of one node. */
    private static final int MOST_WITHOUT_ACCESS = 8;

    private final Outbox outbox;
    private final Set<ConversationId> taken = new HashSet<>();
    private final Set<ConversationId> paused = new HashSet<>();
    private final Map<AgentId, Integer> withoutAccess = new HashMap<>();
    private final Set<AgentId> skipped = new HashSet<>();
    // Where to look for the next one, so that those passed over are not looked at again each time.
    private long from;
    private boolean isReleased;
    // Last, as each attempt with it may take its time and the store with it.
    private boolean takesHeldUp;
    private boolean isStopped;
    private @Nullable Throwable failure;
    // Where those held up begin, so that it is not the same ones' turn in each pass that is refused too often.
    private final long heldUpFrom;
    private long nextHeldUpFrom;
    private boolean isHeldUpLeft;
    private final long replayedBefore;
    private long replayedAtRefusal;
    private int refusals;

    /** @param heldUpFrom the number of the entry from which on those held up are tried, before those below it */
    DrainPass(Outbox outbox, long heldUpFrom) {
        this.outbox = outbox;
        this.heldUpFrom = heldUpFrom;
        this.replayedBefore = outbox.episodes().replayed();
    }

    /**
     * All that waits for the conversation with the oldest entry that nobody has taken, or nothing; it is taken now. Those
     * held up since an earlier pass come when there is no other.
     */
    List<Waiting> next() {
        return outbox.gate().lockedGet(this::take);
    }

    private List<Waiting> take() {
        List<Waiting> batch = oldest();
        while (batch.isEmpty() && (isReleased || !takesHeldUp)) {
            boolean heldUpBegin = !isReleased;
            takesHeldUp |= heldUpBegin;
            from = heldUpBegin ? heldUpFrom : 0;
            isReleased = from > 0;
            batch = oldest();
        }
        if (!batch.isEmpty()) {
            OutboxEntry head = batch.getFirst().entry();
            taken.add(head.conversation());
            from = head.number() + 1;
        }
        return batch;
    }

    private List<Waiting> oldest() {
        return isStopped ? List.of() : outbox.oldest(from, this::isPassedOver);
    }

    private boolean isPassedOver(ConversationId id) {
        return taken.contains(id)
                || skipped.contains(id.agent())
                || (!takesHeldUp && outbox.episodes().holdUps().holdsUp(id));
    }

    /** Lets a conversation be taken again; one that is not released waits for the next pass. */
    void release(ConversationId conversation) {
        outbox.gate().locked(() -> {
            taken.remove(conversation);
            withoutAccess.remove(conversation.agent());
            isReleased = true;
        });
    }

    /** What is left of a conversation waits for the next pass. */
    void pause(ConversationId conversation) {
        outbox.gate().locked(() -> {
            paused.add(conversation);
            outbox.turns().over(conversation);
        });
    }

    /**
     * What is left of a conversation waits for the next pass, because the store has no room for it. Stops if that was so too
     * often in a row.
     */
    void refuse(ConversationId conversation) {
        outbox.gate().locked(() -> {
            pause(conversation);
            long replayed = outbox.episodes().replayed();
            refusals = replayed == replayedAtRefusal ? refusals + 1 : 1;
            replayedAtRefusal = replayed;
            if (refusals >= MOST_REFUSALS) {
                stop();
            }
        });
    }

    /**
     * What is left of a conversation waits for the next pass, because the store does not let it be used. So do all of its
     * agent if that was so for too many in a row.
     */
    void refuseAccess(ConversationId conversation) {
        outbox.gate().locked(() -> {
            pause(conversation);
            if (withoutAccess.merge(conversation.agent(), 1, Integer::sum) == MOST_WITHOUT_ACCESS) {
                leaveHeldUp();
                skipped.add(conversation.agent());
                outbox.turns().allOver();
            }
        });
    }

    /** What is not tried any more lies behind the first place that is left, and none of it before the next pass' begin. */
    private void leaveHeldUp() {
        if (!isHeldUpLeft) {
            nextHeldUpFrom = takesHeldUp ? from : heldUpFrom;
            isHeldUpLeft = takesHeldUp;
        }
    }

    /** Where the next pass shall begin with those held up. */
    long heldUpFrom() {
        return outbox.gate().lockedGet(() -> nextHeldUpFrom);
    }

    /** Whether the store had no room for something; once all threads have ended. */
    boolean wasRefused() {
        return refusals > 0;
    }

    /** Whether nothing was replayed so far. */
    boolean isWithoutEffect() {
        return outbox.episodes().replayed() == replayedBefore;
    }

    /** Whether what waits for a conversation may still be replayed in this pass. The caller holds the outbox's lock. */
    boolean mayReplay(ConversationId conversation) {
        return !isStopped
                && !paused.contains(conversation)
                && !skipped.contains(conversation.agent())
                && !outbox.episodes().holdUps().holdsUp(conversation);
    }

    /** Nothing is to be taken any more. */
    void stop() {
        outbox.gate().locked(() -> {
            if (!isStopped) {
                leaveHeldUp();
            }
            isStopped = true;
            outbox.turns().allOver();
        });
    }

    /** Stops because of something unexpected. */
    void fail(Throwable cause) {
        outbox.gate().locked(() -> {
            stop();
            failure = cause;
        });
    }

    /** Throws what stopped the pass unexpectedly, if anything did; once all its threads have ended. */
    void throwWhatFailed() {
        if (failure instanceof RuntimeException e) {
            throw e;
        }
        if (failure instanceof Error e) {
            throw e;
        }
    }
}
