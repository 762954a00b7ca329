package dev.colloquy.store.tck;

import dev.colloquy.domain.conversation.Append;
import dev.colloquy.domain.conversation.ClearReceipt;
import dev.colloquy.domain.conversation.Conversation;
import dev.colloquy.domain.conversation.ConversationId;
import dev.colloquy.domain.conversation.ConversationView;
import dev.colloquy.domain.conversation.ExpectedPosition;
import dev.colloquy.domain.conversation.Message;
import dev.colloquy.domain.conversation.MessageId;
import dev.colloquy.domain.conversation.MessageRange;
import dev.colloquy.domain.conversation.Position;
import dev.colloquy.domain.conversation.Receipt;
import dev.colloquy.domain.conversation.SequencedMessage;
import dev.colloquy.domain.error.ColloquyException;
import dev.colloquy.domain.error.MessageIdConflict;
import dev.colloquy.domain.retention.Retention;
import java.nio.charset.StandardCharsets;
import java.time.InstantSource;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.UUID;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;
import java.util.function.BiPredicate;
import java.util.function.Predicate;
import java.util.function.UnaryOperator;

/** Stores that append too little, too much, or what they should refuse. */
final class WrongAppends {

    private WrongAppends() {}

    /** Stores something else than it was given. */
    static class Altering extends ReferenceStore {

        private final UnaryOperator<Append> alteration;

        Altering(InstantSource clock, UnaryOperator<Append> alteration) {
            super(clock);
            this.alteration = alteration;
        }

        @Override
        public Receipt append(ConversationId id, Append append) {
            return super.append(id, alteration.apply(append));
        }
    }

    /** Keeps metadata under names that ignore case. */
    static Append withFoldedKeys(Append append) {
        List<Message> messages = append.messages().stream()
                .map(m -> Samples.with(foldedKeys(m.metadata()), m))
                .toList();
        return new Append(messages, append.expected(), append.retention(), append.firstAttempt());
    }

    private static Map<String, String> foldedKeys(Map<String, String> metadata) {
        Map<String, String> folded = new TreeMap<>(String.CASE_INSENSITIVE_ORDER);
        folded.putAll(metadata);
        return folded;
    }

    /** Keeps metadata under names that fit into a column of so many bytes. */
    static Append withKeysOf128Bytes(Append append) {
        List<Message> messages = append.messages().stream()
                .map(m -> Samples.with(cutKeys(m.metadata()), m))
                .toList();
        return new Append(messages, append.expected(), append.retention(), append.firstAttempt());
    }

    private static Map<String, String> cutKeys(Map<String, String> metadata) {
        Map<String, String> cut = new HashMap<>();
        metadata.forEach((key, value) -> {
            String fits = key;
            while (fits.getBytes(StandardCharsets.UTF_8).length > 128) {
                fits = fits.substring(0, fits.offsetByCodePoints(fits.length(), -1));
            }
            cut.put(fits, value);
        });
        return cut;
    }

    /** As if a batch did not fit into one request and the second one got lost. */
    static Append upTo127(Append append) {
        List<Message> messages = append.messages();
        return new Append(messages.subList(0, Math.min(127, messages.size())), append.expected(), append.retention());
    }

    static Append trimmed(Append append) {
        List<Message> messages = append.messages().stream()
                .map(m -> new Message(m.id(), m.role(), m.content().strip(), m.at(), m.metadata()))
                .toList();
        return new Append(messages, append.expected(), append.retention());
    }

    /** Reads, adds and writes without a lock when it is only about one message. */
    static final class LosesConcurrent extends ReferenceStore {

        private final Predicate<Append> lost;

        /** @param lost which of these appends it may lose */
        LosesConcurrent(InstantSource clock, Predicate<Append> lost) {
            super(clock);
            this.lost = lost;
        }

        @Override
        public Receipt append(ConversationId id, Append append) {
            boolean simple = append.messages().size() == 1 && append.expected() instanceof ExpectedPosition.Any;
            return simple && lost.test(append) ? appendWithoutLock(id, append) : super.append(id, append);
        }

        private Receipt appendWithoutLock(ConversationId id, Append append) {
            requireReachable();
            Conversation before;
            synchronized (this) {
                before = find(id);
            }
            LockSupport.parkNanos(TimeUnit.MICROSECONDS.toNanos(50));
            Conversation.Appended appended = before.append(append, clock.instant());
            synchronized (this) {
                conversations.put(id, appended.conversation());
            }
            return appended.receipt();
        }
    }

    /** Stores a repeated batch once more. The aggregate would refuse, so the copies go by other names inside. */
    static class Doubling extends ReferenceStore {

        private final Map<MessageId, MessageId> originals = new HashMap<>();

        Doubling(InstantSource clock) {
            super(clock);
        }

        @Override
        public Receipt append(ConversationId id, Append append) {
            requireReachable();
            synchronized (this) {
                boolean repeated =
                        find(id).append(append, clock.instant()).receipt().replay();
                return super.append(id, repeated && doubles(append) ? copyOf(append) : append);
            }
        }

        /** Whether it does so with this repeated batch. */
        boolean doubles(Append append) {
            return true;
        }

        private Append copyOf(Append append) {
            List<Message> copies = append.messages().stream()
                    .map(m -> {
                        MessageId other = new MessageId(UUID.randomUUID().toString());
                        originals.put(other, m.id());
                        return named(other, m);
                    })
                    .toList();
            return new Append(copies, ExpectedPosition.any(), append.retention());
        }

        private static Message named(MessageId id, Message m) {
            return new Message(id, m.role(), m.content(), m.at(), m.metadata());
        }

        @Override
        public synchronized ConversationView read(ConversationId id, MessageRange range, Retention retention) {
            return WrongReads.mapped(super.read(id, range, retention), stored -> {
                MessageId original = originals.getOrDefault(
                        stored.message().id(), stored.message().id());
                return new SequencedMessage(stored.sequence(), named(original, stored.message()));
            });
        }
    }

    /** Does not know some messages when they come again. */
    private abstract static class Forgetful extends Doubling {

        final Set<MessageId> forgotten = new HashSet<>();

        Forgetful(InstantSource clock) {
            super(clock);
        }

        @Override
        boolean doubles(Append append) {
            return append.messages().stream().anyMatch(message -> forgotten.contains(message.id()));
        }
    }

    /** Does not keep the ids of what it need not look up, so it does not know them when they come again. */
    static final class ForgetsFirstAttempts extends Forgetful {

        ForgetsFirstAttempts(InstantSource clock) {
            super(clock);
        }

        @Override
        public synchronized Receipt append(ConversationId id, Append append) {
            Receipt receipt = super.append(id, append);
            if (append.firstAttempt()) {
                append.messages().forEach(message -> forgotten.add(message.id()));
            }
            return receipt;
        }
    }

    /** Remembers what an append drops only if that is no more than what it adds. */
    static final class ForgetsDroppedAtOnce extends Forgetful {

        ForgetsDroppedAtOnce(InstantSource clock) {
            super(clock);
        }

        @Override
        public synchronized Receipt append(ConversationId id, Append append) {
            List<SequencedMessage> before = find(id).view(MessageRange.all()).messages();
            Receipt.Stored receipt = (Receipt.Stored) super.append(id, append);
            int size = append.messages().size();
            int dropped = (int) (before.size() + size - receipt.length());
            if (!receipt.replay() && dropped > size) {
                before.subList(0, Math.min(dropped, before.size()))
                        .forEach(message -> forgotten.add(message.message().id()));
            }
            return receipt;
        }
    }

    /** Believes whoever says that it is the first attempt. */
    static final class DoublesLateFirstAttempts extends Doubling {

        DoublesLateFirstAttempts(InstantSource clock) {
            super(clock);
        }

        @Override
        boolean doubles(Append append) {
            return append.firstAttempt();
        }
    }

    /** Remembers only for a while that a message was appended as a repetition. */
    static final class DoublesVeryLateFirstAttempts extends Doubling {

        private static final int WHILE = 64;

        private final Map<MessageId, Integer> numbers = new HashMap<>();
        private int appended;

        DoublesVeryLateFirstAttempts(InstantSource clock) {
            super(clock);
        }

        @Override
        public synchronized Receipt append(ConversationId id, Append append) {
            Receipt.Stored receipt = (Receipt.Stored) super.append(id, append);
            if (!receipt.replay()) {
                appended += append.messages().size();
                append.messages().forEach(message -> numbers.put(message.id(), appended));
            }
            return receipt;
        }

        @Override
        boolean doubles(Append append) {
            int number = numbers.getOrDefault(append.messages().getFirst().id(), appended);
            return append.firstAttempt() && appended - number > WHILE;
        }
    }

    /** Hangs what was sent on whatever error comes of it. */
    static final class QuotesSuppressed extends ReferenceStore {

        QuotesSuppressed(InstantSource clock) {
            super(clock);
        }

        @Override
        public Receipt append(ConversationId id, Append append) {
            try {
                return super.append(id, append);
            } catch (ColloquyException e) {
                String sent = append.messages().getFirst().content();
                e.addSuppressed(new IllegalStateException("while sending " + sent));
                throw e;
            }
        }
    }

    /** Appends the part of a batch that is new. */
    static final class AcceptsPartlyKnown extends ReferenceStore {

        AcceptsPartlyKnown(InstantSource clock) {
            super(clock);
        }

        @Override
        public synchronized Receipt append(ConversationId id, Append append) {
            try {
                return super.append(id, append);
            } catch (MessageIdConflict conflict) {
                List<SequencedMessage> stored =
                        find(id).view(MessageRange.all()).messages();
                List<Message> unknown = append.messages().stream()
                        .filter(m -> stored.stream()
                                .noneMatch(known -> known.message().id().equals(m.id())))
                        .toList();
                if (unknown.isEmpty() || unknown.size() == append.messages().size()) {
                    throw conflict;
                }
                return super.append(id, new Append(unknown, append.expected(), append.retention()));
            }
        }
    }

    /** Takes the expected position for met if the last one is like it. */
    static final class ComparesPositions extends ReferenceStore {

        private final BiPredicate<Position, Position> alike;

        ComparesPositions(InstantSource clock, BiPredicate<Position, Position> alike) {
            super(clock);
            this.alike = alike;
        }

        @Override
        public synchronized Receipt append(ConversationId id, Append append) {
            Optional<Position> last = find(id).last();
            boolean met = append.expected() instanceof ExpectedPosition.Last(Position expected)
                    && last.isPresent()
                    && alike.test(expected, last.get());
            return super.append(id, met ? append.expecting(ExpectedPosition.any()) : append);
        }
    }

    static boolean sameNumber(Position expected, Position last) {
        return expected.sequence() == last.sequence();
    }

    static boolean sameButForCase(Position expected, Position last) {
        return sameNumber(expected, last)
                && expected.id().value().equalsIgnoreCase(last.id().value());
    }

    /** Takes an expected position for met if the conversation ended there when it was read. */
    static final class BelievesReads extends ReferenceStore {

        private final Map<ConversationId, Optional<Position>> seen = new ConcurrentHashMap<>();

        BelievesReads(InstantSource clock) {
            super(clock);
        }

        @Override
        public Receipt append(ConversationId id, Append append) {
            boolean met = append.expected() instanceof ExpectedPosition.Last(Position expected)
                    && seen.getOrDefault(id, Optional.empty()).equals(Optional.of(expected));
            Receipt receipt = super.append(id, met ? append.expecting(ExpectedPosition.any()) : append);
            if (met) {
                seen.remove(id);
            }
            return receipt;
        }

        @Override
        public ConversationView read(ConversationId id, MessageRange range, Retention retention) {
            ConversationView view = super.read(id, range, retention);
            seen.put(id, view.lastPosition());
            return view;
        }
    }

    /** Takes an expected position for met if the conversation ended there before it expired. */
    static final class RemembersEnds extends ReferenceStore {

        private final Map<ConversationId, Position> ends = new HashMap<>();

        RemembersEnds(InstantSource clock) {
            super(clock);
        }

        @Override
        public synchronized Receipt append(ConversationId id, Append append) {
            boolean met = find(id).length() == 0
                    && append.expected() instanceof ExpectedPosition.Last(Position expected)
                    && expected.equals(ends.get(id));
            Receipt receipt = super.append(id, met ? append.expecting(ExpectedPosition.any()) : append);
            ends.put(id, ((Receipt.Stored) receipt).last());
            return receipt;
        }

        @Override
        public synchronized ClearReceipt clear(ConversationId id) {
            ends.remove(id);
            return super.clear(id);
        }
    }

    /** Looks whether a condition is met before it has the lock, which to one thread alone is right. */
    static final class LooksBefore extends ReferenceStore {

        private final Predicate<Append> early;

        /** @param early which of these conditions it looks at too early */
        LooksBefore(InstantSource clock, Predicate<Append> early) {
            super(clock);
            this.early = early;
        }

        @Override
        public Receipt append(ConversationId id, Append append) {
            boolean conditional = !(append.expected() instanceof ExpectedPosition.Any);
            if (!conditional || !early.test(append) || !Concurrently.isInside() || !isMet(id, append)) {
                return super.append(id, append);
            }
            Pause.until(() -> !isMet(id, append));
            return super.append(id, append.expecting(ExpectedPosition.any()));
        }

        private synchronized boolean isMet(ConversationId id, Append append) {
            return append.expected().isMetBy(find(id).last());
        }
    }

    static boolean begins(Append append) {
        return append.expected() instanceof ExpectedPosition.Empty;
    }

    static Append withoutConditionIf(Predicate<Append> forgotten, Append append) {
        return forgotten.test(append) ? append.expecting(ExpectedPosition.any()) : append;
    }
}
