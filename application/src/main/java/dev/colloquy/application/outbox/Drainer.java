package dev.colloquy.application.outbox;

import dev.colloquy.domain.conversation.Append;
import dev.colloquy.domain.conversation.Conversation;
import dev.colloquy.domain.conversation.ConversationId;
import dev.colloquy.domain.conversation.ConversationView;
import dev.colloquy.domain.conversation.MessageRange;
import dev.colloquy.domain.conversation.Receipt;
import dev.colloquy.domain.error.RuleViolation;
import dev.colloquy.domain.error.StoreAccessRefused;
import dev.colloquy.domain.error.StoreUnavailable;
import dev.colloquy.domain.error.StoredDataUnreadable;
import dev.colloquy.domain.port.out.ConversationStore;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.stream.Collectors;

/**
 * Replays what waits: the conversation with the oldest entry first, each conversation in order. One thread at a time.
 *
 * <p>What the store answers decides how it goes on. Unavailable, or refusing this process altogether: everything stops
 * and goes on later. Refused for a reason that lies in the entry or its conversation: the entry is kept aside and the
 * next ones of the conversation follow, so that one message is missing there and none is held up. Refused for a limit
 * of the store, or for a reason unknown: the conversation pauses while others go on, and only after the patience is
 * over the entry is kept aside.
 */
final class Drainer {

    private enum Outcome {
        DONE,
        PAUSED,
        STOPPED
    }

    // Far below the horizon within which the store recognises a repeated message: if the process dies before the
    // journal has forgotten them, so many are replayed twice.
    private static final int MOST_UNSETTLED = Conversation.HORIZON / 2;

    private final ConversationStore delegate;
    private final Outbox outbox;
    private final RecentConversations recent;
    private final AsideShelf aside;
    private final OutboxJournal journal;
    private final InstantSource clock;
    private final Duration patience;

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

    /** Replays until nothing waits that could be replayed now. */
    void drain() {
        Set<ConversationId> paused = new HashSet<>();
        while (true) {
            List<Waiting> batch = outbox.oldest(paused);
            if (batch.isEmpty()) {
                return;
            }
            switch (replay(batch)) {
                case DONE -> {}
                case PAUSED -> paused.add(batch.getFirst().entry().conversation());
                case STOPPED -> {
                    return;
                }
            }
        }
    }

    private Outcome replay(List<Waiting> queue) {
        List<Waiting> unsettled = new ArrayList<>();
        Outcome outcome = Outcome.DONE;
        int messages = 0;
        for (Waiting waiting : queue) {
            if (!waiting.awaitAccepted()) {
                continue;
            }
            outcome = replay(waiting, queue);
            if (outcome != Outcome.DONE) {
                break;
            }
            unsettled.add(waiting);
            messages += waiting.weight();
            // At once after a clear: replaying that once more would remove what came behind it.
            if (messages >= MOST_UNSETTLED || waiting.entry() instanceof OutboxEntry.Cleared) {
                settle(unsettled);
                messages = 0;
            }
        }
        settle(unsettled);
        return outcome;
    }

    private Outcome replay(Waiting waiting, List<Waiting> queue) {
        try {
            switch (waiting.entry()) {
                case OutboxEntry.Appended appended -> append(waiting, appended, queue);
                case OutboxEntry.Cleared cleared -> {
                    delegate.clear(cleared.conversation());
                    recent.cleared(cleared.conversation());
                }
            }
            outbox.episodes().countReplayed(waiting.entry().messageCount());
            return Outcome.DONE;
        } catch (StoreUnavailable | StoreAccessRefused e) {
            waiting.origin(Waiting.Origin.TRIED);
            outbox.storeFailed(e);
            return Outcome.STOPPED;
        } catch (RuleViolation | StoredDataUnreadable e) {
            aside.keep(waiting.entry(), e, clock.instant());
            return Outcome.DONE;
        } catch (RuntimeException e) {
            waiting.origin(Waiting.Origin.TRIED);
            Instant now = clock.instant();
            if (Duration.between(waiting.refused(now), now).compareTo(patience) < 0) {
                return Outcome.PAUSED;
            }
            aside.keep(waiting.entry(), e, now);
            return Outcome.DONE;
        }
    }

    private void append(Waiting waiting, OutboxEntry.Appended entry, List<Waiting> queue) {
        if (waiting.origin() != Waiting.Origin.NEW && isStoredBeyondHorizon(entry)) {
            return;
        }
        long changes = recent.changes(entry.conversation());
        Receipt receipt = delegate.append(entry.conversation(), entry.append());
        if (receipt instanceof Receipt.Stored stored) {
            recent.stored(entry.conversation(), changes, stored);
            if (!stored.replay()) {
                // Its replay was not cut short behind this entry, so the following ones are new to the store.
                queue.stream()
                        .filter(each -> each.origin() == Waiting.Origin.RECOVERED)
                        .forEach(each -> each.origin(Waiting.Origin.NEW));
            }
        }
    }

    /** The store itself recognises a repeat among its latest messages only; further back, somebody has to look. */
    private boolean isStoredBeyondHorizon(OutboxEntry.Appended entry) {
        Append append = entry.append();
        ConversationView end = delegate.read(entry.conversation(), MessageRange.last(1), append.retention());
        if (end.length() <= Conversation.HORIZON) {
            return false;
        }
        var stored = delegate.read(entry.conversation(), MessageRange.all(), append.retention()).messages().stream()
                .map(each -> each.message().id())
                .collect(Collectors.toSet());
        return append.messages().stream().allMatch(message -> stored.contains(message.id()));
    }

    private void settle(List<Waiting> done) {
        if (done.isEmpty()) {
            return;
        }
        try {
            journal.remove(done.stream().map(each -> each.entry().number()).toList());
        } catch (RuntimeException e) {
            aside.journalFailed(e);
        }
        outbox.remove(List.copyOf(done));
        done.clear();
    }
}
