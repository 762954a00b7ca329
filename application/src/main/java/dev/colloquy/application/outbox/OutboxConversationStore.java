package dev.colloquy.application.outbox;

import dev.colloquy.domain.conversation.AgentId;
import dev.colloquy.domain.conversation.Append;
import dev.colloquy.domain.conversation.ClearReceipt;
import dev.colloquy.domain.conversation.ConversationId;
import dev.colloquy.domain.conversation.ConversationPage;
import dev.colloquy.domain.conversation.ConversationView;
import dev.colloquy.domain.conversation.ExpectedPosition;
import dev.colloquy.domain.conversation.Message;
import dev.colloquy.domain.conversation.MessageId;
import dev.colloquy.domain.conversation.MessageRange;
import dev.colloquy.domain.conversation.PageRequest;
import dev.colloquy.domain.conversation.Receipt;
import dev.colloquy.domain.error.MessageIdConflict;
import dev.colloquy.domain.error.StoreUnavailable;
import dev.colloquy.domain.port.out.ConversationStore;
import dev.colloquy.domain.port.out.StoreHealth;
import dev.colloquy.domain.retention.Retention;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Function;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * Keeps conversations going while the store behind it is unavailable.
 *
 * <p>Live, it passes everything on and remembers what it sees. When the store throws {@link StoreUnavailable}, the state
 * is degraded: appends and clears are accepted into a bounded outbox, reads are answered from memory and marked as
 * degraded, conditional appends and listings are refused. A probe notices that the store is back and replays the outbox
 * in order; a conversation goes to the store again as soon as nothing of it waits, and the state is live again once
 * nothing waits at all. Replay repeats the message ids, so a message that had arrived after all is not doubled; the
 * limit is the store's horizon, behind which this class looks the message up before it repeats one that may have
 * arrived.
 *
 * <p>Safe for any number of threads. No call waits for a store that is known to be unavailable. When it is back, calls for
 * conversations of which nothing waits go to it, while the others are still answered from here. Only an append or a clear
 * of a conversation that is just being replayed waits for the end of that, for {@link OutboxSettings#probeInterval} at most.
 */
public final class OutboxConversationStore implements ConversationStore, AutoCloseable {

    private static final Duration DEFAULT_GRACE = Duration.ofSeconds(5);

    private final ConversationStore delegate;
    private final OutboxJournal journal;
    private final InstantSource clock;
    private final RecentConversations recent;
    private final Outbox outbox;
    private final AsideShelf aside;
    private final Probe probe;
    private final Shutdown shutdown;

    private OutboxConversationStore(
            ConversationStore delegate, OutboxJournal journal, OutboxSettings settings, InstantSource clock) {
        this.delegate = delegate;
        this.clock = clock;
        this.recent = new RecentConversations(settings.recentBytes(), clock);
        List<KeptAside> keptAside = journal.keptAside();
        long lastNumber = keptAside.isEmpty() ? 0 : keptAside.getLast().entry().number();
        this.outbox = new Outbox(settings, clock, journal.entries(), lastNumber);
        this.journal = new WatchedJournal(journal, outbox.episodes().holdUps());
        this.aside = new AsideShelf(this.journal, outbox.episodes(), keptAside);
        Drainer drainer = new Drainer(delegate, outbox, recent, aside, this.journal, clock, settings.patience());
        this.probe = new Probe(delegate, outbox, drainer, settings.probeInterval());
        this.shutdown = new Shutdown(outbox, this.journal, probe);
    }

    /**
     * A decorator with a probe in the background. What the journal holds of an earlier run is replayed first.
     *
     * @param delegate the store; closing this decorator does not close it
     * @param journal what the outbox is written to, such as {@link OutboxJournal#none()}; closed with this decorator
     * @param settings limits and intervals
     * @param clock tells the time
     */
    public static OutboxConversationStore over(
            ConversationStore delegate, OutboxJournal journal, OutboxSettings settings, InstantSource clock) {
        OutboxConversationStore store = probedByHand(delegate, journal, settings, clock);
        store.probe.start();
        return store;
    }

    /** A decorator without a thread of its own, for tests that call {@link #probe}. */
    static OutboxConversationStore probedByHand(
            ConversationStore delegate, OutboxJournal journal, OutboxSettings settings, InstantSource clock) {
        return new OutboxConversationStore(delegate, journal, settings, clock);
    }

    /** One look at the store and, if it is back, one pass over what waits. */
    void probe() {
        probe.tick();
    }

    /**
     * Appends now, or accepts the batch for later.
     *
     * @return {@link Receipt.Stored} from the store, or {@link Receipt.Accepted}
     * @throws dev.colloquy.domain.error.OutboxFull if the store is unavailable and there is no room; nothing is stored
     * @throws MessageIdConflict from the store; while it is unavailable, by what waits and what this process knows of
     *     the conversation, which another one may have cleared meanwhile; nothing is stored by this call
     * @throws StoreUnavailable instead of these two after an attempt that may have been carried out, if the append is
     *     conditional and cannot be decided now, if the journal cannot be written, if the thread was interrupted while
     *     the store was asked, which may have carried it out, or after {@link #close()}
     */
    @Override
    public Receipt append(ConversationId id, Append append) {
        boolean isConditional = !(append.expected() instanceof ExpectedPosition.Any);
        while (true) {
            StoreUnavailable failure = null;
            if (!outbox.takesOverInTurn(id)) {
                long changes = recent.changes(id);
                boolean areOthersRefused = outbox.episodes().holdUps().areRefused();
                try {
                    Receipt receipt = delegate.append(id, append);
                    if (areOthersRefused) {
                        outbox.episodes().refusedInPart();
                    }
                    if (receipt instanceof Receipt.Stored stored) {
                        recent.stored(id, changes, stored);
                    }
                    return receipt;
                } catch (StoreUnavailable e) {
                    failure = unlessInterrupted(e);
                }
            }
            if (isConditional) {
                throw refuseConditional(id, failure);
            }
            Optional<List<Waiting>> accepted = accept(id, append, failure);
            if (accepted.isPresent()) {
                return new Receipt.Accepted(asAccepted(append.messages(), accepted.get()));
            }
        }
    }

    /** Whoever is interrupted stopped waiting, which says nothing about the store: the call ends, and no outage begins. */
    private static StoreUnavailable unlessInterrupted(StoreUnavailable failure) {
        if (Thread.currentThread().isInterrupted()) {
            throw failure;
        }
        return failure;
    }

    private StoreUnavailable refuseConditional(ConversationId id, @Nullable StoreUnavailable failure) {
        if (failure != null) {
            outbox.storeFailed(failure);
            return failure;
        }
        return new StoreUnavailable(
                "the last position of conversation " + id + " is not known while the store is unavailable or messages"
                        + " of it wait in the outbox, so a conditional append cannot be decided",
                null);
    }

    /**
     * Clears now, or accepts the clear for later; what this process shows is cleared at once either way.
     *
     * @throws StoreUnavailable if the thread was interrupted while the store was asked, which may have carried it out, if
     *     the journal cannot be written, or after {@link #close()}
     */
    @Override
    public ClearReceipt clear(ConversationId id) {
        while (true) {
            StoreUnavailable failure = null;
            if (!outbox.takesOverInTurn(id)) {
                try {
                    ClearReceipt receipt = delegate.clear(id);
                    recent.cleared(id);
                    return receipt;
                } catch (StoreUnavailable e) {
                    failure = unlessInterrupted(e);
                }
            }
            if (accept(id, null, failure).isPresent()) {
                return ClearReceipt.ACCEPTED;
            }
        }
    }

    /** Those of them that wait already as they wait: a repetition has a later time. */
    private static List<Message> asAccepted(List<Message> messages, List<Waiting> accepted) {
        Map<MessageId, Message> waiting = accepted.stream()
                .flatMap(each -> each.entry() instanceof OutboxEntry.Appended appended
                        ? appended.append().messages().stream()
                        : Stream.empty())
                .collect(Collectors.toMap(Message::id, Function.identity(), (message, same) -> message));
        return messages.stream()
                .map(message -> waiting.getOrDefault(message.id(), message))
                .toList();
    }

    /**
     * Accepts an append, or a clear if it is null.
     *
     * @return what waits now, or empty if the store is to be asked instead
     */
    private Optional<List<Waiting>> accept(
            ConversationId id, @Nullable Append append, @Nullable StoreUnavailable failure) {
        Optional<Outbox.Admission> admission =
                append == null ? outbox.offer(id, null, false, failure) : offer(id, append, failure);
        if (admission.isEmpty()) {
            return Optional.empty();
        }
        if (admission.get().isNew()) {
            write(admission.get().entries().getFirst());
        } else if (!admission.get().entries().stream().allMatch(Waiting::awaitAccepted)) {
            outbox.limits().countRefused();
            throw new StoreUnavailable("the store is unavailable and the outbox journal cannot be written", failure);
        }
        return Optional.of(admission.get().entries());
    }

    private Optional<Outbox.Admission> offer(ConversationId id, Append append, @Nullable StoreUnavailable failure) {
        try {
            boolean isRepeat = !outbox.isCleared(id) && known(id).isRepeatedBy(append.messages());
            return outbox.offer(id, append, isRepeat, failure);
        } catch (MessageIdConflict conflict) {
            return outbox.offerRepeat(id, append, () -> known(id), conflict, failure);
        }
    }

    private KnownMessages known(ConversationId id) {
        return recent.known(id, clock.instant());
    }

    private void write(Waiting waiting) {
        try {
            journal.append(waiting.entry());
        } catch (RuntimeException | Error e) {
            outbox.withdraw(waiting);
            outbox.limits().countRefused();
            throw e;
        }
        waiting.settle(true);
    }

    /**
     * Reads from the store, or from memory while it is unavailable or messages of the conversation wait. A view from
     * memory is marked as degraded; messages may be missing from it, also all of them. A read that fails while the store
     * answers, of a conversation too long to be transferred in time, gets such a view without an outage for the others.
     *
     * @throws StoreUnavailable if the thread was interrupted while the store was asked
     */
    @Override
    public ConversationView read(ConversationId id, MessageRange range, Retention retention) {
        if (!outbox.takesOver(id)) {
            long changes = recent.changes(id);
            try {
                ConversationView view = delegate.read(id, range, retention);
                if (view.state() == ConversationView.State.LIVE) {
                    recent.viewed(id, changes, view);
                }
                return view;
            } catch (StoreUnavailable e) {
                readFailed(id, unlessInterrupted(e));
            }
        }
        // In this order: a message that is replayed in between is then in both, not in neither.
        Outbox.Pending pending = outbox.pending(id);
        KnownMessages known = pending.cleared() ? KnownMessages.NONE : known(id);
        // Whoever remembers the conversation knows what was replayed from there, and where it stands.
        List<Message> waiting = known.last() == null ? pending.messages() : pending.notReplayed();
        return DegradedViews.view(id, range, retention, known, waiting, pending.perhapsStored());
    }

    private void readFailed(ConversationId id, StoreUnavailable failure) {
        boolean isKnownAlready = outbox.takesOver(id);
        if (!isKnownAlready && delegate.checkHealth().status() == StoreHealth.Status.UNAVAILABLE) {
            outbox.storeFailed(failure);
        }
    }

    /**
     * Lists from the store.
     *
     * @throws StoreUnavailable also while conversations of the agent wait in the outbox: the list would lack them
     */
    @Override
    public ConversationPage list(AgentId agent, PageRequest page) {
        if (outbox.episodes().phase() == Episodes.Phase.DOWN || outbox.holdsAnyOf(agent)) {
            throw new StoreUnavailable(
                    "the store is unavailable, or conversations of agent " + agent
                            + " still wait in the outbox, so a list would not be complete",
                    null);
        }
        return delegate.list(agent, page);
    }

    /**
     * Degraded while messages wait, and also while the store does not answer but nobody has wanted anything of it yet: the
     * next message would be accepted; the detail says whose messages are held up although the store answers. Refused while
     * the store answers but refuses everything that waits. Else what the store says.
     */
    @Override
    public StoreHealth checkHealth() {
        Optional<Instant> since = outbox.episodes().since();
        if (since.isPresent()) {
            HoldUps holdUps = outbox.episodes().holdUps();
            String waiting = "in the outbox: " + outbox.contents() + behind(holdUps.summary());
            return outbox.episodes()
                    .refusal()
                    .map(why -> StoreHealth.refused(why + "; " + waiting))
                    .orElseGet(() -> StoreHealth.degraded(
                            "degraded since " + since.get() + "; " + waiting + behind(holdUps.refusedSummary())));
        }
        StoreHealth health = delegate.checkHealth();
        return health.status() == StoreHealth.Status.UNAVAILABLE
                ? StoreHealth.degraded(health.detail() + "; messages would be accepted, and wait until it is back")
                : health;
    }

    private static String behind(Optional<String> why) {
        return why.map(text -> "; " + text).orElse("");
    }

    /** Counters and gauges. */
    public OutboxStatistics statistics() {
        return new Statistics(outbox, clock);
    }

    /** The latest entries that could not be replayed, at most 1000 and 8 MiB; a durable journal keeps all of them. */
    public List<KeptAside> keptAside() {
        return aside.latest();
    }

    /** Closes with a grace of 5 seconds. */
    @Override
    public void close() {
        close(DEFAULT_GRACE);
    }

    /**
     * Accepts nothing more into the outbox, gives it time to drain, and says in the log what remains: with a durable
     * journal that is replayed at the next start, without one it is lost. The store behind is not closed. May be
     * repeated. A thread that is interrupted already waits as any other and stays interrupted; an interrupt meanwhile ends
     * the wait.
     *
     * @param grace how long to wait at most, from zero
     */
    public void close(Duration grace) {
        shutdown.run(grace);
    }
}
