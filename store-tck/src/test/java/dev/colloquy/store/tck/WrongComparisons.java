package dev.colloquy.store.tck;

import dev.colloquy.domain.conversation.Append;
import dev.colloquy.domain.conversation.ConversationId;
import dev.colloquy.domain.conversation.Message;
import dev.colloquy.domain.conversation.MessageRange;
import dev.colloquy.domain.conversation.Receipt;
import dev.colloquy.domain.conversation.SequencedMessage;
import dev.colloquy.domain.error.MessageIdConflict;
import java.time.InstantSource;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.function.BiPredicate;

/** Stores that compare what is sent with what is stored in a way of their own. */
final class WrongComparisons {

    private WrongComparisons() {}

    /** Refuses what is in conflict with a stored message by its own measure, and right otherwise. */
    static final class Refusing extends ReferenceStore {

        private final BiPredicate<Message, Message> conflict;

        /** @param conflict whether a stored message, the first one, keeps one that is sent from being appended */
        Refusing(InstantSource clock, BiPredicate<Message, Message> conflict) {
            super(clock);
            this.conflict = conflict;
        }

        @Override
        public synchronized Receipt append(ConversationId id, Append append) {
            List<SequencedMessage> stored = find(id).view(MessageRange.all()).messages();
            for (Message sent : append.messages()) {
                if (stored.stream().anyMatch(known -> conflict.test(known.message(), sent))) {
                    throw new MessageIdConflict(sent.id().value(), "with other content");
                }
            }
            return super.append(id, append);
        }
    }

    static boolean sameButForCase(Message stored, Message sent) {
        String id = stored.id().value();
        return !stored.id().equals(sent.id()) && id.equalsIgnoreCase(sent.id().value());
    }

    static boolean metadataInAnotherOrder(Message stored, Message sent) {
        return stored.id().equals(sent.id())
                && !stored.metadata().toString().equals(sent.metadata().toString());
    }

    /** Takes what is sent for a stored message that is another one, and right otherwise. */
    static final class Mistaking extends ReferenceStore {

        private final BiPredicate<Message, Message> mistaken;

        /** @param mistaken whether a stored message, the first one, is taken for one that is sent */
        Mistaking(InstantSource clock, BiPredicate<Message, Message> mistaken) {
            super(clock);
            this.mistaken = mistaken;
        }

        @Override
        public synchronized Receipt append(ConversationId id, Append append) {
            List<SequencedMessage> stored = find(id).view(MessageRange.all()).messages();
            List<Message> taken = append.messages().stream()
                    .map(sent -> stored.stream()
                            .map(SequencedMessage::message)
                            .filter(known -> mistaken.test(known, sent))
                            .findFirst()
                            .orElse(sent))
                    .toList();
            return super.append(id, new Append(taken, append.expected(), append.retention(), append.firstAttempt()));
        }
    }

    static boolean sameButForMissingMetadata(Message stored, Message sent) {
        return sent.repeats(Samples.with(Map.of(), stored));
    }

    /** Whatever else differs is taken for a replay. */
    static boolean sameId(Message stored, Message sent) {
        return stored.id().equals(sent.id());
    }

    /** Takes an id that another thread has just stored for a repeat, as if "there already" said enough. */
    static final class TakesOthersForRepeats extends ReferenceStore {

        /** @param thread the one that appended it */
        private record Known(Receipt.Stored receipt, Thread thread) {}

        private final Map<List<Object>, Known> lastIds = new HashMap<>();

        TakesOthersForRepeats(InstantSource clock) {
            super(clock);
        }

        @Override
        public synchronized Receipt append(ConversationId id, Append append) {
            List<Object> lastId = List.of(id, append.messages().getLast().id());
            try {
                Receipt.Stored receipt = (Receipt.Stored) super.append(id, append);
                lastIds.put(lastId, new Known(receipt, Thread.currentThread()));
                return receipt;
            } catch (MessageIdConflict conflict) {
                Known known = lastIds.get(lastId);
                if (known == null || known.thread() == Thread.currentThread()) {
                    throw conflict;
                }
                Receipt.Stored other = known.receipt();
                return new Receipt.Stored(other.messages(), other.length(), other.expiresAt(), true);
            }
        }
    }

    /** Takes a first attempt that is no repeat for one as soon as it knows the first id. */
    static final class TrustsFirstAttempts extends ReferenceStore {

        TrustsFirstAttempts(InstantSource clock) {
            super(clock);
        }

        @Override
        public synchronized Receipt append(ConversationId id, Append append) {
            try {
                return super.append(id, append);
            } catch (MessageIdConflict conflict) {
                Message first = append.messages().getFirst();
                Message known = find(id).view(MessageRange.all()).messages().stream()
                        .map(SequencedMessage::message)
                        .filter(stored -> append.firstAttempt() && sameId(stored, first))
                        .findFirst()
                        .orElseThrow(() -> conflict);
                return super.append(id, Append.of(append.retention(), known));
            }
        }
    }

    /** As a column does that fills up with spaces. */
    static boolean sameButForSpaces(Message stored, Message sent) {
        return withoutSpaces(stored).repeats(withoutSpaces(sent));
    }

    private static Message withoutSpaces(Message m) {
        return new Message(m.id(), m.role(), m.content().stripTrailing(), m.at(), m.metadata());
    }

    /** By one text, made of all that counts. */
    static boolean sameWhenJoined(Message stored, Message sent) {
        return sameId(stored, sent) && joined(stored).equals(joined(sent));
    }

    private static String joined(Message message) {
        return message.role().value() + message.content() + new TreeMap<>(message.metadata());
    }

    static boolean sameHash(Message stored, Message sent) {
        return !stored.content().equals(sent.content())
                && stored.content().hashCode() == sent.content().hashCode()
                && sameId(stored, sent);
    }

    static boolean sameButForCaseOfContent(Message stored, Message sent) {
        return stored.content().equalsIgnoreCase(sent.content()) && sameId(stored, sent);
    }

    static boolean sameBeginning(Message stored, Message sent) {
        String id = stored.id().value();
        return !sameId(stored, sent) && id.length() > 64 && sent.id().value().startsWith(id.substring(0, 64));
    }
}
