package dev.colloquy.store.tck;

import dev.colloquy.domain.conversation.Append;
import dev.colloquy.domain.conversation.ClearReceipt;
import dev.colloquy.domain.conversation.Conversation;
import dev.colloquy.domain.conversation.ConversationId;
import dev.colloquy.domain.conversation.ConversationView;
import dev.colloquy.domain.conversation.ExpectedPosition;
import dev.colloquy.domain.conversation.Message;
import dev.colloquy.domain.conversation.MessageRange;
import dev.colloquy.domain.conversation.Position;
import dev.colloquy.domain.conversation.Receipt;
import dev.colloquy.domain.conversation.SequencedMessage;
import dev.colloquy.domain.error.ColloquyException;
import dev.colloquy.domain.retention.Retention;
import java.time.Instant;
import java.time.InstantSource;
import java.time.temporal.ChronoUnit;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicLong;
import java.util.function.UnaryOperator;

/** Stores that keep conversations too long, or not long enough. */
final class WrongLifetimes {

    private static final int MOST_WAITS = 60;

    private WrongLifetimes() {}

    /** Keeps the numbers going after a clear, by counting on from where the conversation ended. */
    static class ClearKeepsNumbers extends ReferenceStore {

        final Map<ConversationId, Long> offsets = new HashMap<>();

        ClearKeepsNumbers(InstantSource clock) {
            super(clock);
        }

        private long offset(ConversationId id) {
            return offsets.getOrDefault(id, 0L);
        }

        @Override
        public Receipt append(ConversationId id, Append append) {
            synchronized (this) {
                long offset = offset(id);
                Receipt.Stored receipt = (Receipt.Stored) super.append(id, unshifted(append, offset));
                return new Receipt.Stored(
                        shifted(receipt.messages(), offset), receipt.length(), receipt.expiresAt(), receipt.replay());
            }
        }

        private static Append unshifted(Append append, long offset) {
            return append.expected() instanceof ExpectedPosition.Last(Position p) && p.sequence() > offset
                    ? append.expecting(ExpectedPosition.last(new Position(p.sequence() - offset, p.id())))
                    : append;
        }

        private static List<SequencedMessage> shifted(List<SequencedMessage> messages, long offset) {
            return messages.stream()
                    .map(m -> new SequencedMessage(m.sequence() + offset, m.message()))
                    .toList();
        }

        @Override
        public synchronized ConversationView read(ConversationId id, MessageRange range, Retention retention) {
            long offset = offset(id);
            MessageRange unshifted = range instanceof MessageRange.After(long sequence, int limit)
                    ? MessageRange.after(Math.max(0, sequence - offset), limit)
                    : range;
            ConversationView view = super.read(id, unshifted, retention);
            Position last = view.last();
            return ConversationView.live(
                    id,
                    shifted(view.messages(), offset),
                    view.length(),
                    last == null ? null : new Position(last.sequence() + offset, last.id()),
                    view.expiresAt());
        }

        @Override
        public ClearReceipt clear(ConversationId id) {
            requireReachable();
            synchronized (this) {
                long end = find(id).last().map(Position::sequence).orElse(0L);
                offsets.merge(id, end, Long::sum);
                return super.clear(id);
            }
        }
    }

    /** Says when a conversation expires, and keeps it. */
    static final class NeverExpires extends ReferenceStore {

        NeverExpires(InstantSource clock) {
            super(clock);
        }

        @Override
        protected Conversation find(ConversationId id) {
            return Optional.ofNullable(conversations.get(id)).orElseGet(() -> Conversation.empty(id));
        }
    }

    /** Sets the expiry with the first message only, whatever the retention counts from. */
    static final class AppendDoesNotProlong extends ReferenceStore {

        AppendDoesNotProlong(InstantSource clock) {
            super(clock);
        }

        @Override
        public Receipt append(ConversationId id, Append append) {
            Retention given = append.retention();
            Retention used = new Retention(Retention.From.FIRST_MESSAGE, given.period(), given.limit());
            return super.append(id, new Append(append.messages(), append.expected(), used));
        }
    }

    /** Stores first and sets the expiry in a second step. */
    static final class ExpiryInASecondStep extends ReferenceStore {

        private final AtomicLong between = new AtomicLong();
        private final AtomicLong looks = new AtomicLong();
        private final AtomicInteger waits = new AtomicInteger();

        ExpiryInASecondStep(InstantSource clock) {
            super(clock);
        }

        @Override
        public Receipt append(ConversationId id, Append append) {
            Receipt receipt = super.append(id, append);
            if (((Receipt.Stored) receipt).firstSequence() == 1) {
                between.incrementAndGet();
                awaitLook();
                between.decrementAndGet();
            }
            return receipt;
        }

        /** Long enough for somebody who looks again and again, so that the defect shows however busy the computer is. */
        private void awaitLook() {
            long before = looks.get();
            if (before > 0 && waits.incrementAndGet() <= MOST_WAITS) {
                Pause.until(() -> looks.get() > before);
            }
        }

        @Override
        protected long withoutExpiry() {
            long seen = between.get();
            looks.incrementAndGet();
            return seen;
        }
    }

    /** Keeps conversations under another retention than the append brings. */
    static final class Keeping extends ReferenceStore {

        private final UnaryOperator<Retention> change;

        Keeping(InstantSource clock, UnaryOperator<Retention> change) {
            super(clock);
            this.change = change;
        }

        @Override
        public Receipt append(ConversationId id, Append append) {
            Retention kept = change.apply(append.retention());
            return super.append(id, new Append(append.messages(), append.expected(), kept, append.firstAttempt()));
        }
    }

    static Retention in32Bits(Retention given) {
        long beyond = given.period().toMillis() / (1L << Integer.SIZE) * (1L << Integer.SIZE);
        return new Retention(given.from(), given.period().minusMillis(beyond), given.limit());
    }

    static Retention inSeconds(Retention given) {
        return new Retention(given.from(), given.period().truncatedTo(ChronoUnit.SECONDS), given.limit());
    }

    /** Says that something prolongs the life of a conversation, and ends it when its first period is over. */
    static final class ProlongsInWords extends ReferenceStore {

        private final boolean byReads;
        private final Map<ConversationId, Instant> ends = new HashMap<>();

        /** @param byReads whether it does so with reads, else with appends */
        ProlongsInWords(InstantSource clock, boolean byReads) {
            super(clock);
            this.byReads = byReads;
        }

        @Override
        protected Conversation find(ConversationId id) {
            Instant end = ends.get(id);
            return end == null || clock.instant().isBefore(end) ? super.find(id) : Conversation.empty(id);
        }

        @Override
        public synchronized Receipt append(ConversationId id, Append append) {
            boolean isNew = find(id).length() == 0;
            Receipt.Stored receipt = (Receipt.Stored) super.append(id, append);
            if (isNew || (byReads && !receipt.replay())) {
                ends.put(id, receipt.expiresAt());
            }
            return receipt;
        }

        @Override
        public synchronized ConversationView read(ConversationId id, MessageRange range, Retention retention) {
            ConversationView view = super.read(id, range, retention);
            if (!byReads && view.expiresAt() != null && retention.from() == Retention.From.LAST_ACCESS) {
                ends.put(id, view.expiresAt());
            }
            return view;
        }

        @Override
        public synchronized ClearReceipt clear(ConversationId id) {
            ends.remove(id);
            return super.clear(id);
        }
    }

    /** Keeps no more than it must recognise. */
    static Retention cappedAtHorizon(Retention given) {
        return given.maxMessages().orElse(0) > Conversation.HORIZON ? given.keepingAtMost(Conversation.HORIZON) : given;
    }

    /** As if what it keeps in order to recognise it were all that a cap can drop. */
    static Retention uncappedBeyondHorizon(Retention given) {
        return given.maxMessages().orElse(0) > Conversation.HORIZON
                ? new Retention(given.from(), given.period(), null)
                : given;
    }

    /** Deletes as many messages as one request may, the latest ones stay. */
    static final class ClearsOneRequest extends ReferenceStore {

        private static final long MOST = 1_000;

        ClearsOneRequest(InstantSource clock) {
            super(clock);
        }

        @Override
        public synchronized ClearReceipt clear(ConversationId id) {
            List<SequencedMessage> left =
                    find(id).view(MessageRange.after(MOST, Integer.MAX_VALUE)).messages();
            ClearReceipt receipt = super.clear(id);
            left.forEach(each -> append(id, Append.of(Retention.DEFAULT, each.message())));
            return receipt;
        }
    }

    /** As if it added the horizon to the cap, which is too much for 32 bits. */
    static Retention cappedBeyondHorizon(Retention given) {
        return given.maxMessages().orElse(0) + Conversation.HORIZON < 0 ? given.keepingAtMost(1) : given;
    }

    /** What it has shown once it shows again, as long as number and id of the message are the same. */
    static final class ShowsFormerLife extends ReferenceStore {

        private final Map<List<Object>, Message> shown = new ConcurrentHashMap<>();

        ShowsFormerLife(InstantSource clock) {
            super(clock);
        }

        @Override
        public ConversationView read(ConversationId id, MessageRange range, Retention retention) {
            return WrongReads.mapped(
                    super.read(id, range, retention),
                    m -> new SequencedMessage(
                            m.sequence(), shown.computeIfAbsent(List.of(id, m.position()), unknown -> m.message())));
        }
    }

    /** Takes the later one of two expiries where a read sets one. */
    static final class ReadDoesNotShorten extends ReferenceStore {

        ReadDoesNotShorten(InstantSource clock) {
            super(clock);
        }

        @Override
        public synchronized ConversationView read(ConversationId id, MessageRange range, Retention retention) {
            boolean shortens = isKeptLonger(find(id), retention, clock.instant());
            return super.read(id, range, shortens ? Retention.DEFAULT : retention);
        }
    }

    /** Takes the earlier one of two expiries where an append counts from the first message. */
    static final class FirstMessageShortens extends ReferenceStore {

        FirstMessageShortens(InstantSource clock) {
            super(clock);
        }

        @Override
        public synchronized Receipt append(ConversationId id, Append append) {
            Retention given = append.retention();
            boolean shortens =
                    given.from() == Retention.From.FIRST_MESSAGE && isKeptLonger(find(id), given, clock.instant());
            Retention used =
                    shortens ? new Retention(Retention.From.LAST_MESSAGE, given.period(), given.limit()) : given;
            return super.append(id, new Append(append.messages(), append.expected(), used, append.firstAttempt()));
        }
    }

    private static boolean isKeptLonger(Conversation conversation, Retention retention, Instant now) {
        return conversation
                .expiresAt()
                .filter(expiry -> expiry.isAfter(now.plus(retention.period())))
                .isPresent();
    }

    /** Sets the expiry first and looks whether it may append then. */
    static final class RefusalProlongs extends ReferenceStore {

        RefusalProlongs(InstantSource clock) {
            super(clock);
        }

        @Override
        public synchronized Receipt append(ConversationId id, Append append) {
            try {
                return super.append(id, append);
            } catch (ColloquyException refusal) {
                read(
                        id,
                        MessageRange.last(1),
                        Retention.sinceLastAccess(append.retention().period()));
                throw refusal;
            }
        }
    }

    /** A read that prolongs does so for all conversations of the agent. */
    static final class ProlongsNeighbours extends ReferenceStore {

        ProlongsNeighbours(InstantSource clock) {
            super(clock);
        }

        @Override
        public synchronized ConversationView read(ConversationId id, MessageRange range, Retention retention) {
            conversations.replaceAll((other, conversation) ->
                    other.agent().equals(id.agent()) ? find(other).read(retention, clock.instant()) : conversation);
            return super.read(id, range, retention);
        }
    }
}
