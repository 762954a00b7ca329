package dev.colloquy.application.outbox;

import java.time.Duration;
import java.time.Instant;
import java.util.concurrent.CompletableFuture;
import org.jspecify.annotations.Nullable;

/** An entry in the outbox. Whether it is accepted is settled once, by the thread that writes it to the journal. */
final class Waiting {

    /** Between two attempts while the store is there, which is looked at once a minute at least. */
    private static final Duration LONGEST_PAUSE = Duration.ofMinutes(2);

    private final OutboxEntry entry;
    private final long sizeInBytes;
    private final CompletableFuture<Boolean> accepted = new CompletableFuture<>();
    private volatile boolean mayBeStored;
    private volatile boolean mayBeStoredUnreplayed;
    // Used by the one thread that replays.
    private @Nullable Instant refusedSince;
    private @Nullable Instant refusedLast;
    private boolean isApart;
    private volatile boolean isDone;
    // Guarded by the outbox's lock.
    private boolean isReplayBegun;

    /**
     * @param mayBeStored whether the store may hold it already: it was sent there and may still arrive, repeats what was
     *     there, or was found in the journal at the start, so that its replay may have been cut short
     */
    Waiting(OutboxEntry entry, boolean mayBeStored) {
        this.entry = entry;
        this.sizeInBytes = entry.sizeInBytes();
        this.mayBeStored = mayBeStored;
        this.mayBeStoredUnreplayed = mayBeStored;
    }

    OutboxEntry entry() {
        return entry;
    }

    /** Whether the store may hold it already, and is to be asked before it goes there once more. */
    boolean mayBeStored() {
        return mayBeStored;
    }

    /** The same, for another reason than its replay: a caller's own attempt may have arrived. */
    boolean mayBeStoredUnreplayed() {
        return mayBeStoredUnreplayed;
    }

    /** Takes note that a caller has sent it to the store, and that it may arrive, whatever became of the attempt. */
    void markTriedByCaller() {
        mayBeStoredUnreplayed = true;
        mayBeStored = true;
    }

    /** Takes note that its replay is about to send it to the store. */
    void markTried() {
        mayBeStored = true;
    }

    /** Takes note that it failed together with others: it goes to the store alone from now on. */
    void failedTogether() {
        isApart = true;
    }

    /** Whether it may go to the store in one append with its neighbours. */
    boolean isJoinable() {
        return entry instanceof OutboxEntry.Appended && !isApart && !isDone;
    }

    /** Takes note that the store is about to be asked to carry it out. */
    void markReplayBegun() {
        isReplayBegun = true;
    }

    boolean isReplayBegun() {
        return isReplayBegun;
    }

    /** Takes note that nothing is left to do but to strike the entry off the journal. */
    void markDone() {
        isDone = true;
    }

    boolean isDone() {
        return isDone;
    }

    /** What the entry counts against the limit of messages. */
    int weight() {
        return Math.max(1, entry.messageCount());
    }

    long sizeInBytes() {
        return sizeInBytes;
    }

    void settle(boolean isAccepted) {
        accepted.complete(isAccepted);
    }

    boolean isAccepted() {
        return accepted.getNow(false);
    }

    /** Waits until it is settled whether the entry is accepted. */
    boolean awaitAccepted() {
        return accepted.join();
    }

    /**
     * For how long the store has refused the entry for its size or an unknown reason, this being the latest refusal. If the
     * one before was long ago, or seems to come later, it counts anew: the store was away meanwhile, this process asleep, or
     * the clock was set, and the store was not asked for all that time.
     */
    Duration refused(Instant now) {
        Duration pause = refusedLast == null ? Duration.ZERO : Duration.between(refusedLast, now);
        if (refusedSince == null || pause.isNegative() || pause.compareTo(LONGEST_PAUSE) > 0) {
            refusedSince = now;
        }
        refusedLast = now;
        return Duration.between(refusedSince, now);
    }
}
