package dev.colloquy.application.outbox;

import dev.colloquy.application.outbox.Episodes.Phase;
import dev.colloquy.domain.conversation.AgentId;
import dev.colloquy.domain.conversation.Append;
import dev.colloquy.domain.conversation.ConversationId;
import dev.colloquy.domain.conversation.Message;
import dev.colloquy.domain.conversation.MessageId;
import dev.colloquy.domain.error.ColloquyException;
import dev.colloquy.domain.error.MessageIdConflict;
import dev.colloquy.domain.error.OutboxFull;
import dev.colloquy.domain.error.StoreUnavailable;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.Function;
import java.util.function.Predicate;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/**
 * What waits for the store, conversation by conversation, and whether it has to.
 *
 * <p>One lock guards it, which the live path never takes: {@link #takesOver} reads volatile state only. As long as
 * anything waits the phase is not live, and an entry leaves only after it was replayed; so whoever finds the outbox not
 * in charge of a conversation may go to the store without overtaking anything accepted before.
 */
final class Outbox {

    /**
     * What waits for one conversation.
     *
     * @param cleared whether what the store holds before it does not count any more
     * @param messages the accepted messages, oldest first
     * @param replayed how many of them, from the first, the store holds already: they are not struck off the journal yet
     * @param perhapsStored the ids of those that the store may hold though they were not replayed
     */
    record Pending(boolean cleared, List<Message> messages, int replayed, Set<MessageId> perhapsStored) {

        /** Those that the store does not hold yet. */
        List<Message> notReplayed() {
            return messages.subList(replayed, messages.size());
        }
    }

    /**
     * The answer to an offer.
     *
     * @param entries the new entry, which must be written down and then confirmed or withdrawn; or those that the offer
     *     repeats
     * @param isNew which of the two
     */
    record Admission(List<Waiting> entries, boolean isNew) {}

    private static final Pending NOTHING = new Pending(false, List.of(), 0, Set.of());

    private final InstantSource clock;
    private final OutboxGate gate = new OutboxGate();
    private final OutboxLimits limits;
    private final Episodes episodes;
    private final Map<ConversationId, ConversationQueue> queues = new ConcurrentHashMap<>();
    private final TreeMap<Long, ConversationId> byAge = new TreeMap<>();
    private final Turns turns = new Turns();
    private final Duration longestTurn;
    private long nextNumber;
    private @Nullable DrainPass pass;

    /**
     * @param recovered what an earlier run left behind
     * @param lastNumber the highest number that the journal holds elsewhere, or 0
     */
    Outbox(OutboxSettings settings, InstantSource clock, Collection<OutboxEntry> recovered, long lastNumber) {
        this.nextNumber = lastNumber + 1;
        this.clock = clock;
        this.longestTurn = settings.probeInterval();
        this.limits = new OutboxLimits(settings);
        this.episodes = new Episodes(clock);
        for (OutboxEntry entry : recovered) {
            Waiting waiting = new Waiting(entry, true);
            waiting.settle(true);
            add(waiting);
            nextNumber = Math.max(nextNumber, entry.number() + 1);
        }
        if (!recovered.isEmpty()) {
            episodes.recovered(limits.messages());
        }
    }

    Episodes episodes() {
        return episodes;
    }

    OutboxLimits limits() {
        return limits;
    }

    OutboxGate gate() {
        return gate;
    }

    /** Who waits for the end of a conversation's replay; for holders of the gate's lock. */
    Turns turns() {
        return turns;
    }

    /** Whether a call about this conversation must not go to the store now. */
    boolean takesOver(ConversationId id) {
        Phase phase = episodes.phase();
        return phase == Phase.DOWN || (phase == Phase.DRAINING && queues.containsKey(id));
    }

    /** Takes note that what waits is being replayed. */
    void beginPass(DrainPass begun) {
        gate.locked(() -> pass = begun);
    }

    /** Takes note that this is over. */
    void endPass() {
        gate.locked(() -> {
            pass = null;
            turns.allOver();
        });
    }

    /**
     * As {@link #takesOver}, but a conversation that is being replayed may end first, for which it waits a moment. Otherwise
     * a caller who does not pause would put more and more behind it, as that is quicker than to replay it, and it would
     * never be live.
     */
    boolean takesOverInTurn(ConversationId id) {
        if (!takesOver(id)) {
            return false;
        }
        Turns.await(gate.lockedGet(() -> isBeingReplayed(id) ? turns.of(id) : Turns.NOW), longestTurn);
        return takesOver(id);
    }

    private boolean isBeingReplayed(ConversationId id) {
        DrainPass running = pass;
        return running != null && episodes.phase() == Phase.DRAINING && queues.containsKey(id) && running.mayReplay(id);
    }

    /** Takes note that the store failed. No episode begins after the close, as nothing is accepted then. */
    void storeFailed(RuntimeException cause) {
        gate.locked(() -> {
            if (!gate.isClosed() || episodes.phase() != Phase.LIVE) {
                down(cause);
            }
        });
    }

    private void down(RuntimeException cause) {
        episodes.down(String.valueOf(cause.getMessage()));
        turns.allOver();
        gate.changed();
    }

    /** Takes note that the store answers, but refuses everything that waits. */
    void storeRefused(String cause) {
        gate.locked(() -> episodes.refused(cause));
    }

    /** Takes note that the store answers again. */
    void storeAnswers() {
        gate.locked(episodes::draining);
    }

    /** Goes live if nothing waits and the store answers. */
    void settleDown() {
        gate.locked(() -> {
            if (queues.isEmpty() && episodes.phase() == Phase.DRAINING) {
                episodes.live();
                gate.changed();
            }
        });
    }

    /**
     * Offers an append ({@code append} given) or a clear.
     *
     * @param isRepeat whether the store is known to have carried it out already
     * @param failure what the store answered to it, or null if it was not asked
     * @return empty if the store is to be asked, which never happens after a failure
     * @throws OutboxFull if there is no room
     * @throws StoreUnavailable the failure, instead of that: the store may have carried it out all the same
     * @throws MessageIdConflict if a message of it waits already and this is not a repeat of what waits
     */
    Optional<Admission> offer(
            ConversationId id, @Nullable Append append, boolean isRepeat, @Nullable StoreUnavailable failure) {
        return gate.lockedGet(() -> {
            if (!isInCharge(id, failure)) {
                return Optional.empty();
            }
            ConversationQueue queue = queues.get(id);
            if (queue != null) {
                List<Waiting> repeated = append == null ? queue.repeatedByClear() : queue.repeatedBy(append);
                if (!repeated.isEmpty()) {
                    return Optional.of(repeated(repeated, failure));
                }
            }
            Instant now = clock.instant();
            Function<Long, OutboxEntry> entry = append == null
                    ? number -> new OutboxEntry.Cleared(number, id, now)
                    : number -> new OutboxEntry.Appended(number, id, now, append);
            Waiting waiting = new Waiting(entry.apply(nextNumber), isRepeat || failure != null);
            requireRoomFor(waiting, failure);
            nextNumber++;
            add(waiting);
            return Optional.of(new Admission(List.of(waiting), true));
        });
    }

    /**
     * Offers an append that conflicts with what the store is known to hold or with what waits, taken alone, but may repeat
     * the two taken together.
     *
     * @param known what the store is known to hold, asked for while nothing can leave the outbox
     * @param conflict what to refuse it with if it does not
     * @param failure what the store answered to it, or null if it was not asked
     * @return empty if the store is to be asked, which never happens after a failure
     * @throws MessageIdConflict the conflict
     * @throws StoreUnavailable the failure, instead of it: the store may have carried it out all the same
     */
    Optional<Admission> offerRepeat(
            ConversationId id,
            Append append,
            Supplier<KnownMessages> known,
            MessageIdConflict conflict,
            @Nullable StoreUnavailable failure) {
        return gate.lockedGet(() -> {
            if (!isInCharge(id, failure)) {
                return Optional.empty();
            }
            ConversationQueue queue = queues.getOrDefault(id, new ConversationQueue());
            KnownMessages before = queue.isCleared() ? KnownMessages.NONE : known.get();
            List<Waiting> repeated = queue.repeatedBehind(before.messages(), append);
            if (repeated.isEmpty()) {
                throw refusal(conflict, failure);
            }
            return Optional.of(repeated(repeated, failure));
        });
    }

    /** Whether an offer is to be decided here, as its attempt failed or none may be made. */
    private boolean isInCharge(ConversationId id, @Nullable StoreUnavailable failure) {
        if (failure == null && !takesOver(id)) {
            return false;
        }
        gate.requireOpen();
        if (failure != null) {
            down(failure);
        }
        return true;
    }

    private static Admission repeated(List<Waiting> entries, @Nullable StoreUnavailable failure) {
        if (failure != null) {
            entries.forEach(Waiting::markTriedByCaller);
        }
        return new Admission(entries, false);
    }

    private void requireRoomFor(Waiting waiting, @Nullable StoreUnavailable failure) {
        try {
            limits.requireRoomFor(waiting);
        } catch (OutboxFull full) {
            throw refusal(full, failure);
        }
    }

    /** What a refusal is to the caller: after a failed attempt, which may have been carried out, its outcome is unknown. */
    private static ColloquyException refusal(ColloquyException reason, @Nullable StoreUnavailable failure) {
        if (failure == null) {
            return reason;
        }
        failure.addSuppressed(reason);
        return failure;
    }

    /** Takes note that a clear is about to be carried out: one that comes now does not repeat it. */
    void clearBegins(Waiting waiting) {
        gate.locked(waiting::markReplayBegun);
    }

    /** Takes out an entry that could not be written down. */
    void withdraw(Waiting waiting) {
        waiting.settle(false);
        remove(List.of(waiting));
    }

    /** Takes out entries that are done with. */
    void remove(List<Waiting> done) {
        gate.locked(() -> {
            done.forEach(this::removeOne);
            gate.changed();
        });
    }

    /** Whether a clear waits for a conversation. */
    boolean isCleared(ConversationId id) {
        return ask(id, ConversationQueue::isCleared, false);
    }

    /** What waits for a conversation. */
    Pending pending(ConversationId id) {
        return ask(id, ConversationQueue::pending, NOTHING);
    }

    /** Asks what waits for a conversation, without the lock if nothing does. */
    private <T> T ask(ConversationId id, Function<ConversationQueue, T> question, T ifNothing) {
        if (!queues.containsKey(id)) {
            return ifNothing;
        }
        return gate.lockedGet(() -> {
            ConversationQueue queue = queues.get(id);
            return queue == null ? ifNothing : question.apply(queue);
        });
    }

    /**
     * All that waits for the conversation with the oldest entry, or nothing.
     *
     * @param from the number from which entries count
     * @param skipped which conversations do not count
     */
    List<Waiting> oldest(long from, Predicate<ConversationId> skipped) {
        return gate.lockedGet(() -> {
            for (ConversationId id : byAge.tailMap(from).values()) {
                ConversationQueue queue = skipped.test(id) ? null : queues.get(id);
                if (queue != null) {
                    return queue.entries();
                }
            }
            return List.of();
        });
    }

    /** When the oldest entry was accepted. */
    Optional<Instant> oldestAcceptedAt() {
        return gate.lockedGet(() -> Optional.ofNullable(byAge.firstEntry())
                .map(first -> queues.get(first.getValue()))
                .map(queue -> queue.head().entry().acceptedAt()));
    }

    boolean isEmpty() {
        return queues.isEmpty();
    }

    /** Whether nothing is left to do: nothing waits, and no drain is about to say that it is over. */
    boolean isDone() {
        return queues.isEmpty() && episodes.phase() != Phase.DRAINING;
    }

    /** How much waits, for people; a clear counts as a message. */
    String contents() {
        return Counted.of(limits.messages(), "message") + " of " + Counted.of(conversations(), "conversation")
                + (limits.isFull() ? "; it is full" : "");
    }

    int conversations() {
        return queues.size();
    }

    boolean holdsAnyOf(AgentId agent) {
        return queues.keySet().stream().anyMatch(id -> id.agent().equals(agent));
    }

    private void add(Waiting waiting) {
        ConversationId id = waiting.entry().conversation();
        ConversationQueue queue = queues.computeIfAbsent(id, any -> new ConversationQueue());
        queue.add(waiting);
        byAge.put(queue.head().entry().number(), id);
        limits.add(waiting);
    }

    private void removeOne(Waiting waiting) {
        ConversationId id = waiting.entry().conversation();
        ConversationQueue queue = queues.get(id);
        if (queue == null) {
            return;
        }
        byAge.remove(queue.head().entry().number());
        queue.remove(waiting);
        limits.remove(waiting);
        if (queue.isEmpty()) {
            queues.remove(id);
            turns.over(id);
        } else {
            byAge.put(queue.head().entry().number(), id);
        }
    }
}
