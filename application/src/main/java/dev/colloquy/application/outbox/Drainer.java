package dev.colloquy.application.outbox;

import dev.colloquy.domain.conversation.Conversation;
import dev.colloquy.domain.conversation.ConversationId;
import dev.colloquy.domain.conversation.Receipt;
import dev.colloquy.domain.error.RuleViolation;
import dev.colloquy.domain.error.StoreAccessRefused;
import dev.colloquy.domain.error.StoreLimitReached;
import dev.colloquy.domain.error.StoreUnavailable;
import dev.colloquy.domain.error.StoredDataUnreadable;
import dev.colloquy.domain.port.out.ConversationStore;
import dev.colloquy.domain.port.out.StoreHealth;
import java.time.Duration;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;

/**
 * Replays what waits: the conversation with the oldest entry first, those held up last, each conversation in order. One
 * caller at a time; when much waits it has helpers, each with a conversation of its own, and appends that follow each other
 * go to the store together, so that one far away is not asked one message at a time.
 *
 * <p>What the store answers decides how it goes on:
 *
 * <ul>
 *   <li>Unavailable, or letting nobody in: everything stops and goes on later.
 *   <li>Without room: its conversation pauses while others go on, however long, as only the conversation's node may be full.
 *       Everything stops when the store has said so many times in a row.
 *   <li>Unavailable for an entry although the store answers: its conversation pauses while others go on, however long, as
 *       the entry may have been carried out or its conversation's node be away.
 *   <li>A permission that lacks although the store lets this process in: it is one for an agent's keys, or one of the
 *       store's nodes lets nobody in. The conversation pauses, and when that was so for a few of the agent's, in a row, all
 *       of this agent's; those of others go on.
 *   <li>Refused for a reason that lies in the entry or its conversation: the entry is kept aside and the next ones of the
 *       conversation follow, so that one message is missing there and none is held up.
 *   <li>Refused for the size of the request, or for a reason unknown: the conversation pauses while others go on, and only
 *       after the patience is over the entry is kept aside.
 *   <li>A conversation too large for looking whether an entry is stored already: it pauses, too, and nothing of it is kept
 *       aside.
 * </ul>
 *
 * <p>A call that fails meanwhile sends everybody to the outbox, which says nothing of this. So the pass ends behind what it
 * is just about, and who began it asks the store anew: it may well be there.
 *
 * <p>An entry leaves when it is struck off the journal. While that cannot be written, what was carried out stays, and its
 * conversation with it; it is not carried out again. A clear is not carried out then.
 */
final class Drainer {

    private enum Outcome {
        DONE,
        PAUSED,
        ACCESS_REFUSED,
        NO_ROOM,
        STOPPED
    }

    // Far below the horizon within which the store recognises a repeated message: if the process dies before the
    // journal has forgotten them, so many are replayed twice.
    private static final int MOST_UNSETTLED = Conversation.HORIZON / 2;
    // Each waits for one answer at a time: at 20 ms round trip 16 of them replayed 560 messages a second, and 64 of
    // them 1,900.
    private static final int MOST_THREADS = 64;
    private static final int MESSAGES_A_THREAD = 32;

    private final ConversationStore delegate;
    private final Outbox outbox;
    private final RecentConversations recent;
    private final AsideShelf aside;
    private final OutboxJournal journal;
    private final InstantSource clock;
    private final Duration patience;
    private volatile boolean stopped;
    // Used by the one caller at a time.
    private long heldUpFrom;

    Drainer(
            ConversationStore delegate,
            Outbox outbox,
            RecentConversations recent,
            AsideShelf aside,
            OutboxJournal journal,
            InstantSource clock,
            Duration patience) {
        this.delegate = delegate;
        this.outbox = outbox;
        this.recent = recent;
        this.aside = aside;
        this.journal = journal;
        this.clock = clock;
        this.patience = patience;
    }

    /** Begins nothing more. */
    void stop() {
        stopped = true;
    }

    /** Replays until nothing waits that could be replayed now, or a call has found the store unavailable. */
    void drain() {
        DrainPass pass = new DrainPass(outbox, heldUpFrom);
        outbox.beginPass(pass);
        try {
            drain(pass);
        } finally {
            outbox.endPass();
        }
        heldUpFrom = pass.heldUpFrom();
        if (pass.wasRefused()) {
            sayWhetherAllIs(pass);
        }
        pass.throwWhatFailed();
    }

    private void drain(DrainPass pass) {
        List<Thread> helpers = new ArrayList<>();
        long threads = Math.min(MOST_THREADS, outbox.limits().messages() / MESSAGES_A_THREAD);
        while (helpers.size() + 1 < Math.min(threads, outbox.conversations())) {
            helpers.add(Thread.ofVirtual().name("colloquy-outbox-helper").start(() -> work(pass)));
        }
        work(pass);
        helpers.forEach(Drainer::join);
    }

    /** Says whether the store has room for nothing or for others. */
    private void sayWhetherAllIs(DrainPass pass) {
        HoldUps holdUps = outbox.episodes().holdUps();
        if (outbox.episodes().isRefusedInPart()) {
            holdUps.sayRefused();
        } else if (pass.isWithoutEffect()) {
            outbox.storeRefused(holdUps.refusal());
        }
    }

    private void work(DrainPass pass) {
        try {
            for (List<Waiting> batch = pass.next(); !batch.isEmpty(); batch = pass.next()) {
                ConversationId conversation = batch.getFirst().entry().conversation();
                switch (replay(batch)) {
                    case DONE -> pass.release(conversation);
                    case PAUSED -> pass.pause(conversation);
                    case ACCESS_REFUSED -> pass.refuseAccess(conversation);
                    case NO_ROOM -> pass.refuse(conversation);
                    case STOPPED -> pass.stop();
                }
                if (outbox.episodes().phase() == Episodes.Phase.DOWN) {
                    pass.stop();
                }
            }
        } catch (RuntimeException | Error e) {
            pass.fail(e);
        }
    }

    private static void join(Thread helper) {
        boolean interrupted = false;
        while (helper.isAlive()) {
            try {
                helper.join();
            } catch (InterruptedException e) {
                interrupted = true;
            }
        }
        if (interrupted) {
            Thread.currentThread().interrupt();
        }
    }

    private Outcome replay(List<Waiting> queue) {
        List<Waiting> unsettled = new ArrayList<>();
        Outcome outcome = Outcome.DONE;
        ConversationId conversation = queue.getFirst().entry().conversation();
        // Those held up perhaps have a node that does not answer at all; each page that is tried costs a deadline then.
        int firstPage = outbox.episodes().holdUps().holdsUp(conversation) ? 1 : StoredMessages.PAGE;
        StoredMessages known = new StoredMessages(delegate, recent, firstPage, queue);
        int messages = 0;
        int next = 0;
        while (next < queue.size()) {
            Waiting first = queue.get(next);
            if (!first.awaitAccepted()) {
                next++;
                continue;
            }
            Stretch stretch = Stretch.at(queue, next, MOST_UNSETTLED - messages);
            if (stopped || !stretch.isJoined() || !isCarriedOutTogether(stretch, known)) {
                stretch = Stretch.alone(first);
                outcome = stopped ? Outcome.STOPPED : replay(first, known);
            }
            if (outcome != Outcome.DONE) {
                break;
            }
            stretch.entries().forEach(Waiting::markDone);
            unsettled.addAll(stretch.entries());
            messages += stretch.weight();
            next += stretch.entries().size();
            // At once after a clear: replaying that once more would remove what came behind it.
            if (messages >= MOST_UNSETTLED || first.entry() instanceof OutboxEntry.Cleared) {
                if (!settle(unsettled)) {
                    return Outcome.PAUSED;
                }
                known.refresh();
                messages = 0;
            }
            // Not before, so that each pass gets on, however many calls fail.
            if (outbox.episodes().phase() == Episodes.Phase.DOWN) {
                outcome = Outcome.STOPPED;
                break;
            }
        }
        return settle(unsettled) || outcome != Outcome.DONE ? outcome : Outcome.PAUSED;
    }

    /**
     * Has the store carry out all of it in one step, unless something of it is stored already. If that fails, each is
     * looked for and goes to the store alone from then on, which shows what is wrong with it.
     */
    private boolean isCarriedOutTogether(Stretch stretch, StoredMessages known) {
        try {
            for (Waiting waiting : stretch.entries()) {
                if (isStored(waiting, (OutboxEntry.Appended) waiting.entry(), known) != StoredMessages.Answer.NO) {
                    return false;
                }
            }
            stretch.entries().forEach(Waiting::markTried);
            append(stretch.joined());
        } catch (RuntimeException e) {
            stretch.entries().forEach(Waiting::failedTogether);
            known.refresh();
            return false;
        }
        stretch.entries().forEach(each -> outbox.episodes().countReplayed(each.entry()));
        return true;
    }

    private Outcome replay(Waiting waiting, StoredMessages known) {
        if (waiting.isDone()) {
            return Outcome.DONE;
        }
        try {
            Outcome outcome = switch (waiting.entry()) {
                case OutboxEntry.Appended appended -> append(waiting, appended, known);
                case OutboxEntry.Cleared cleared -> clear(waiting, cleared, known);
            };
            if (outcome == Outcome.DONE) {
                outbox.episodes().countReplayed(waiting.entry());
            }
            return outcome;
        } catch (StoreUnavailable e) {
            return failed(waiting, e);
        } catch (StoreAccessRefused e) {
            return accessRefused(waiting, e);
        } catch (RuleViolation | StoredDataUnreadable e) {
            return keepAside(waiting, e);
        } catch (StoreLimitReached e) {
            return e.isOfRequest() ? entryRefused(waiting, e) : noRoom(waiting, e);
        } catch (RuntimeException e) {
            return entryRefused(waiting, e);
        }
    }

    private Outcome failed(Waiting waiting, StoreUnavailable failure) {
        // If the store answers, it is this entry that does not get through in time, or the place of its conversation.
        StoreHealth.Status status = delegate.checkHealth().status();
        if (status == StoreHealth.Status.UNAVAILABLE) {
            outbox.storeFailed(failure);
            return Outcome.STOPPED;
        }
        if (status == StoreHealth.Status.LIVE) {
            outbox.episodes().letsIn();
        }
        outbox.episodes().holdUps().add(waiting.entry().conversation(), String.valueOf(failure.getMessage()));
        return Outcome.PAUSED;
    }

    private Outcome entryRefused(Waiting waiting, RuntimeException refusal) {
        if (waiting.refused(clock.instant()).compareTo(patience) < 0) {
            outbox.episodes().holdUps().add(waiting.entry().conversation(), Unquoted.reason(refusal));
            return Outcome.PAUSED;
        }
        return keepAside(waiting, refusal);
    }

    private Outcome keepAside(Waiting waiting, RuntimeException refusal) {
        return isWritten(() -> aside.keep(waiting.entry(), refusal, clock.instant())) ? Outcome.DONE : Outcome.PAUSED;
    }

    private Outcome accessRefused(Waiting waiting, StoreAccessRefused refusal) {
        // Who lets nobody in says so here, too.
        if (delegate.checkHealth().status() != StoreHealth.Status.LIVE) {
            outbox.storeRefused(String.valueOf(refusal.getMessage()));
            return Outcome.STOPPED;
        }
        outbox.episodes().letsIn();
        outbox.episodes().holdUps().add(waiting.entry().conversation(), String.valueOf(refusal.getMessage()));
        return Outcome.ACCESS_REFUSED;
    }

    private Outcome noRoom(Waiting waiting, StoreLimitReached refusal) {
        outbox.episodes().holdUps().refuse(waiting.entry().conversation(), String.valueOf(refusal.getMessage()));
        return Outcome.NO_ROOM;
    }

    private Outcome clear(Waiting waiting, OutboxEntry.Cleared entry, StoredMessages known) {
        // If it could not be struck off, it would be replayed after a restart and remove what others stored meanwhile.
        if (!isWritten(() -> journal.rewrite(entry))) {
            return Outcome.PAUSED;
        }
        outbox.clearBegins(waiting);
        delegate.clear(entry.conversation());
        recent.cleared(entry.conversation());
        known.forget();
        return Outcome.DONE;
    }

    private static StoredMessages.Answer isStored(Waiting waiting, OutboxEntry.Appended entry, StoredMessages known) {
        // What was found in the journal may have been tried before it was written down there, whatever went well since.
        return waiting.mayBeStored() ? known.holdAll(entry) : StoredMessages.Answer.NO;
    }

    private Outcome append(Waiting waiting, OutboxEntry.Appended entry, StoredMessages known) {
        switch (isStored(waiting, entry, known)) {
            case YES -> {}
            case NO -> {
                waiting.markTried();
                append(entry);
            }
            case NOT_NOW -> {
                outbox.episodes()
                        .holdUps()
                        .add(entry.conversation(), "whether it is stored already could not be read in time");
                return Outcome.PAUSED;
            }
        }
        return Outcome.DONE;
    }

    private void append(OutboxEntry.Appended entry) {
        long changes = recent.changes(entry.conversation());
        boolean areOthersRefused = outbox.episodes().holdUps().areRefused();
        Receipt receipt = delegate.append(entry.conversation(), entry.append());
        if (areOthersRefused) {
            outbox.episodes().refusedInPart();
        }
        if (receipt instanceof Receipt.Stored stored) {
            recent.stored(entry.conversation(), changes, stored);
        }
    }

    /**
     * Strikes entries off the journal, and only then takes them out of the outbox: as long as they might be replayed
     * after a restart, nothing newer of their conversation may be stored. Returns false if they must stay.
     */
    private boolean settle(List<Waiting> done) {
        if (done.isEmpty()) {
            return true;
        }
        List<Long> numbers = done.stream().map(each -> each.entry().number()).toList();
        boolean isWritten = isWritten(() -> journal.remove(numbers));
        if (isWritten) {
            outbox.remove(List.copyOf(done));
            done.clear();
        }
        return isWritten;
    }

    private static boolean isWritten(Runnable change) {
        try {
            change.run();
            return true;
        } catch (RuntimeException e) {
            // The journal told the hold-ups.
            return false;
        }
    }
}
