package dev.colloquy.store.tck;

import dev.colloquy.domain.conversation.AgentId;
import dev.colloquy.domain.conversation.Append;
import dev.colloquy.domain.conversation.ClearReceipt;
import dev.colloquy.domain.conversation.Conversation;
import dev.colloquy.domain.conversation.ConversationId;
import dev.colloquy.domain.conversation.ConversationView;
import dev.colloquy.domain.conversation.Message;
import dev.colloquy.domain.conversation.MessageRange;
import dev.colloquy.domain.conversation.Receipt;
import dev.colloquy.domain.conversation.SequencedMessage;
import dev.colloquy.domain.retention.Retention;
import java.time.Instant;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.BiPredicate;
import java.util.function.Predicate;

/** Stores that do in two steps what must be one. To one thread they are right. */
final class TwoSteps {

    private TwoSteps() {}

    /** Knows which conversations are read by other threads than the one that writes. */
    private abstract static class Watched extends ReferenceStore {

        private final Map<ConversationId, Thread> writers = new ConcurrentHashMap<>();
        private final Map<ConversationId, Thread> readers = new ConcurrentHashMap<>();

        Watched(InstantSource clock) {
            super(clock);
        }

        /** Whether another thread reads what this one is about to write. */
        boolean writes(ConversationId id) {
            writers.put(id, Thread.currentThread());
            return readers.getOrDefault(id, Thread.currentThread()) != Thread.currentThread();
        }

        /** Whether another thread writes what this one is about to read. */
        boolean reads(ConversationId id) {
            readers.put(id, Thread.currentThread());
            return writers.getOrDefault(id, Thread.currentThread()) != Thread.currentThread();
        }
    }

    /** Asks for the messages first, and for the length a moment later. */
    static final class ReadsLengthLater extends Watched {

        private final AtomicInteger reading = new AtomicInteger();

        private final BiPredicate<MessageRange, Retention> torn;

        /** @param torn in which reads it does so */
        ReadsLengthLater(InstantSource clock, BiPredicate<MessageRange, Retention> torn) {
            super(clock);
            this.torn = torn;
        }

        @Override
        public Receipt append(ConversationId id, Append append) {
            if (writes(id)) {
                Pause.until(() -> reading.get() > 0);
            }
            return super.append(id, append);
        }

        @Override
        public ConversationView read(ConversationId id, MessageRange range, Retention retention) {
            ConversationView first = super.read(id, range, retention);
            if (!torn.test(range, retention) || !reads(id)) {
                return first;
            }
            reading.incrementAndGet();
            Pause.until(() -> !super.read(id, range, retention).equals(first));
            reading.decrementAndGet();
            ConversationView second = super.read(id, range, retention);
            return ConversationView.live(id, first.messages(), second.length(), second.last(), second.expiresAt());
        }
    }

    /** Writes a batch in two parts if it is a large one. */
    static final class WritesInParts extends Watched {

        private final Predicate<Append> torn;
        private final AtomicInteger seen = new AtomicInteger();

        /** @param torn which of these batches it writes so */
        WritesInParts(InstantSource clock, Predicate<Append> torn) {
            super(clock);
            this.torn = torn;
        }

        @Override
        public Receipt append(ConversationId id, Append append) {
            List<Message> all = append.messages();
            if (all.size() <= 100 || !torn.test(append) || !writes(id)) {
                return super.append(id, append);
            }
            Receipt.Stored first = (Receipt.Stored) super.append(id, part(append, all.subList(0, 100)));
            int seenBefore = seen.get();
            Pause.until(() -> seen.get() > seenBefore);
            Receipt.Stored second = (Receipt.Stored) super.append(id, part(append, all.subList(100, all.size())));
            List<SequencedMessage> stored = new ArrayList<>(first.messages());
            stored.addAll(second.messages());
            return new Receipt.Stored(stored, second.length(), second.expiresAt(), second.replay());
        }

        private static Append part(Append append, List<Message> messages) {
            return new Append(messages, append.expected(), append.retention(), append.firstAttempt());
        }

        @Override
        public ConversationView read(ConversationId id, MessageRange range, Retention retention) {
            reads(id);
            ConversationView view = super.read(id, range, retention);
            seen.incrementAndGet();
            return view;
        }
    }

    static boolean ofLast(MessageRange range, Retention retention) {
        return range instanceof MessageRange.Last && !isProlonging(range, retention);
    }

    static boolean isProlonging(MessageRange range, Retention retention) {
        return retention.from() == Retention.From.LAST_ACCESS;
    }

    /** Sets the expiry a moment after it has stored the messages, as reads show. */
    static final class ExpiresLater extends Watched {

        private final boolean ofNew;
        private final Map<ConversationId, Optional<Instant>> before = new ConcurrentHashMap<>();
        private final AtomicInteger seen = new AtomicInteger();

        /** @param ofNew whether it does so with new conversations, else with those that go on */
        ExpiresLater(InstantSource clock, boolean ofNew) {
            super(clock);
            this.ofNew = ofNew;
        }

        @Override
        public Receipt append(ConversationId id, Append append) {
            if (!writes(id) || !begin(id)) {
                return super.append(id, append);
            }
            int seenBefore = seen.get();
            try {
                Receipt receipt = super.append(id, append);
                Pause.until(() -> seen.get() > seenBefore + 1);
                return receipt;
            } finally {
                before.remove(id);
            }
        }

        private synchronized boolean begin(ConversationId id) {
            Conversation now = find(id);
            return ofNew == (now.length() == 0) && before.putIfAbsent(id, now.expiresAt()) == null;
        }

        @Override
        public ConversationView read(ConversationId id, MessageRange range, Retention retention) {
            reads(id);
            Optional<Instant> shown = before.get(id);
            ConversationView view = super.read(id, range, retention);
            seen.incrementAndGet();
            return shown == null || view.isEmpty()
                    ? view
                    : ConversationView.live(id, view.messages(), view.length(), view.last(), shown.orElse(null));
        }
    }

    /** Removes what it finds expired a moment later, whatever it is by then. */
    static final class RemovesExpiredLater extends ReferenceStore {

        private final AtomicInteger removing = new AtomicInteger();

        RemovesExpiredLater(InstantSource clock) {
            super(clock);
        }

        private synchronized boolean isExpired(ConversationId id) {
            return conversations.containsKey(id) && find(id).length() == 0;
        }

        @Override
        public Receipt append(ConversationId id, Append append) {
            if (Concurrently.isInside() && isExpired(id)) {
                Pause.until(() -> removing.get() > 0);
            }
            return super.append(id, append);
        }

        @Override
        public ConversationView read(ConversationId id, MessageRange range, Retention retention) {
            requireReachable();
            if (Concurrently.isInside() && isExpired(id)) {
                removing.incrementAndGet();
                Pause.until(() -> !isExpired(id));
                conversations.remove(id);
                removing.decrementAndGet();
            }
            return super.read(id, range, retention);
        }
    }

    /** Lists by an index, from which a clear takes the conversation a moment after it is gone. */
    static final class ClearsIndexLater extends ReferenceStore {

        private final Set<ConversationId> index = ConcurrentHashMap.newKeySet();

        ClearsIndexLater(InstantSource clock) {
            super(clock);
        }

        @Override
        public Receipt append(ConversationId id, Append append) {
            Receipt receipt = super.append(id, append);
            index.add(id);
            return receipt;
        }

        @Override
        public ClearReceipt clear(ConversationId id) {
            ClearReceipt receipt = super.clear(id);
            index.remove(id);
            if (Concurrently.isInside()) {
                Pause.until(() -> index.contains(id));
                index.remove(id);
            }
            return receipt;
        }

        @Override
        protected boolean belongsTo(AgentId agent, ConversationId id) {
            return super.belongsTo(agent, id) && index.contains(id);
        }
    }

    /** Where a read prolongs the life of a conversation, it gets it first and puts it back a moment later, as it was. */
    private abstract static class Prolongs extends Watched {

        private final AtomicInteger reading = new AtomicInteger();

        Prolongs(InstantSource clock) {
            super(clock);
        }

        /** Whether it puts back what was found although this is there now. */
        abstract boolean putsBack(Conversation found, Conversation now);

        @Override
        public Receipt append(ConversationId id, Append append) {
            awaitReader(id);
            return super.append(id, append);
        }

        @Override
        public ClearReceipt clear(ConversationId id) {
            boolean watched = awaitReader(id);
            ClearReceipt receipt = super.clear(id);
            if (watched) {
                Pause.until(() -> reading.get() == 0);
            }
            return receipt;
        }

        private boolean awaitReader(ConversationId id) {
            boolean watched = writes(id) && now(id).length() > 0;
            if (watched) {
                Pause.until(() -> reading.get() > 0);
            }
            return watched;
        }

        private synchronized Conversation now(ConversationId id) {
            return find(id);
        }

        @Override
        public ConversationView read(ConversationId id, MessageRange range, Retention retention) {
            Conversation found = now(id);
            boolean prolongs = retention.from() == Retention.From.LAST_ACCESS;
            if (!prolongs || !reads(id) || found.length() == 0) {
                return super.read(id, range, retention);
            }
            reading.incrementAndGet();
            try {
                Pause.until(() -> !now(id).last().equals(found.last()));
                return putBack(found, range, retention);
            } finally {
                reading.decrementAndGet();
            }
        }

        private synchronized ConversationView putBack(Conversation found, MessageRange range, Retention retention) {
            if (putsBack(found, find(found.id()))) {
                conversations.put(found.id(), found);
            }
            return super.read(found.id(), range, retention);
        }
    }

    /** Loses what was appended in between. */
    static final class ProlongsOverAppends extends Prolongs {

        ProlongsOverAppends(InstantSource clock) {
            super(clock);
        }

        @Override
        boolean putsBack(Conversation found, Conversation now) {
            MessageRange end = MessageRange.after(found.length() - 1L, 1);
            return now.length() > found.length()
                    && now.view(end).messages().equals(found.view(end).messages());
        }
    }

    /** Brings back what was cleared in between. */
    static final class ProlongsOverClears extends Prolongs {

        ProlongsOverClears(InstantSource clock) {
            super(clock);
        }

        @Override
        boolean putsBack(Conversation found, Conversation now) {
            return now.length() == 0;
        }
    }

    /** Appends first, and drops what is beyond the cap a moment later. */
    static final class TrimsLater extends Watched {

        private final Map<ConversationId, Conversation> untrimmed = new HashMap<>();
        private final AtomicInteger seen = new AtomicInteger();

        TrimsLater(InstantSource clock) {
            super(clock);
        }

        @Override
        public Receipt append(ConversationId id, Append append) {
            int seenBefore = seen.get();
            Receipt receipt = appendUntrimmed(id, append);
            if (writes(id)) {
                Pause.until(() -> seen.get() > seenBefore);
            }
            synchronized (this) {
                untrimmed.remove(id);
            }
            return receipt;
        }

        private synchronized Receipt appendUntrimmed(ConversationId id, Append append) {
            Retention given = append.retention();
            Append uncapped =
                    new Append(append.messages(), append.expected(), new Retention(given.from(), given.period(), null));
            Conversation before = find(id);
            Receipt receipt = super.append(id, append);
            untrimmed.put(id, before.append(uncapped, clock.instant()).conversation());
            return receipt;
        }

        @Override
        public synchronized ConversationView read(ConversationId id, MessageRange range, Retention retention) {
            reads(id);
            Conversation tooLong = untrimmed.get(id);
            if (tooLong == null) {
                return super.read(id, range, retention);
            }
            seen.incrementAndGet();
            return tooLong.view(range);
        }
    }

    /** Removes the messages first, and the counter of their numbers a moment later. */
    static final class ClearsCounterLater extends WrongLifetimes.ClearKeepsNumbers {

        private final Map<ConversationId, Thread> appenders = new ConcurrentHashMap<>();
        private final Map<ConversationId, Thread> clearers = new ConcurrentHashMap<>();
        private final AtomicInteger clearing = new AtomicInteger();

        ClearsCounterLater(InstantSource clock) {
            super(clock);
        }

        @Override
        public Receipt append(ConversationId id, Append append) {
            if (clearers.getOrDefault(id, Thread.currentThread()) != Thread.currentThread()) {
                Pause.until(() -> clearing.get() > 0 && isEmpty(id));
            }
            appenders.put(id, Thread.currentThread());
            return super.append(id, append);
        }

        @Override
        public ClearReceipt clear(ConversationId id) {
            clearers.put(id, Thread.currentThread());
            ClearReceipt receipt = super.clear(id);
            if (appenders.getOrDefault(id, Thread.currentThread()) != Thread.currentThread()) {
                clearing.incrementAndGet();
                Pause.until(() -> !isEmpty(id));
                clearing.decrementAndGet();
            }
            forgetNumbers(id);
            return receipt;
        }

        private synchronized boolean isEmpty(ConversationId id) {
            return find(id).length() == 0;
        }

        private synchronized void forgetNumbers(ConversationId id) {
            if (isEmpty(id)) {
                offsets.remove(id);
            }
        }
    }
}
