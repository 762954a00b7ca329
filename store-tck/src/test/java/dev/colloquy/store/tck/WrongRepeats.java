package dev.colloquy.store.tck;

import dev.colloquy.domain.conversation.Append;
import dev.colloquy.domain.conversation.Conversation;
import dev.colloquy.domain.conversation.ConversationId;
import dev.colloquy.domain.conversation.Message;
import dev.colloquy.domain.conversation.MessageId;
import dev.colloquy.domain.conversation.MessageRange;
import dev.colloquy.domain.conversation.Receipt;
import dev.colloquy.domain.conversation.SequencedMessage;
import dev.colloquy.domain.error.ColloquyException;
import dev.colloquy.domain.error.MessageIdConflict;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;

/** Stores that know a repeated append, and then do or say the wrong thing; or know it only now and then. */
final class WrongRepeats {

    private WrongRepeats() {}

    /** What a store answers to a repeat. */
    interface Answer {
        Receipt.Stored to(Append repeat, Conversation stored, Receipt.Stored right);
    }

    /** Answers a repeat in its own way. */
    static final class Answering extends ReferenceStore {

        private final Answer answer;

        Answering(InstantSource clock, Answer answer) {
            super(clock);
            this.answer = answer;
        }

        @Override
        public synchronized Receipt append(ConversationId id, Append append) {
            Receipt.Stored right = (Receipt.Stored) super.append(id, append);
            return right.replay() ? answer.to(append, find(id), right) : right;
        }
    }

    /** As if there were no cap. */
    static Receipt.Stored uncapped(Append repeat, Conversation stored, Receipt.Stored right) {
        return new Receipt.Stored(right.messages(), right.lastSequence(), right.expiresAt(), true);
    }

    /** Of a message that the cap dropped it has the id only, and gives back what was sent again. */
    static Receipt.Stored withWhatWasSent(Append repeat, Conversation stored, Receipt.Stored right) {
        long dropped = stored.last().orElseThrow().sequence() - stored.length();
        List<SequencedMessage> messages = new ArrayList<>();
        for (Message sent : repeat.messages()) {
            SequencedMessage known = right.messages().get(messages.size());
            messages.add(known.sequence() > dropped ? known : new SequencedMessage(known.sequence(), sent));
        }
        return new Receipt.Stored(messages, right.length(), right.expiresAt(), true);
    }

    /** Takes a repeat for a sign of life. */
    static final class Prolonging extends ReferenceStore {

        Prolonging(InstantSource clock) {
            super(clock);
        }

        @Override
        public synchronized Receipt append(ConversationId id, Append append) {
            Receipt.Stored right = (Receipt.Stored) super.append(id, append);
            if (!right.replay()) {
                return right;
            }
            read(id, MessageRange.last(1), append.retention());
            return new Receipt.Stored(
                    right.messages(), right.length(), find(id).expiresAt().orElseThrow(), true);
        }
    }

    /** Looks up a batch by the id of its first message, and knows it only if a batch began there. */
    static final class KnowsBeginnings extends ReferenceStore {

        private final Map<ConversationId, Set<MessageId>> beginnings = new HashMap<>();

        KnowsBeginnings(InstantSource clock) {
            super(clock);
        }

        @Override
        public synchronized Receipt append(ConversationId id, Append append) {
            MessageId first = append.messages().getFirst().id();
            Receipt.Stored receipt = (Receipt.Stored) super.append(id, append);
            Set<MessageId> known = beginnings.computeIfAbsent(id, unknown -> new HashSet<>());
            if (receipt.replay() && !known.contains(first)) {
                throw new MessageIdConflict(first.value(), "no batch began with it");
            }
            known.add(first);
            return receipt;
        }
    }

    /** Takes what was sent for a message that the cap dropped if the content is the same, whoever said it. */
    static final class ComparesContentOfDropped extends ReferenceStore {

        private final Map<List<Object>, Message> appended = new HashMap<>();

        ComparesContentOfDropped(InstantSource clock) {
            super(clock);
        }

        @Override
        public synchronized Receipt append(ConversationId id, Append append) {
            List<Message> taken = append.messages().stream()
                    .map(sent -> {
                        Message known = appended.get(List.of(id, sent.id()));
                        return known != null && known.content().equals(sent.content()) && !holds(id, sent)
                                ? known
                                : sent;
                    })
                    .toList();
            Append understood = new Append(taken, append.expected(), append.retention(), append.firstAttempt());
            Receipt receipt = super.append(id, understood);
            taken.forEach(message -> appended.put(List.of(id, message.id()), message));
            return receipt;
        }

        private boolean holds(ConversationId id, Message sent) {
            return find(id).view(MessageRange.all()).messages().stream()
                    .anyMatch(stored -> stored.message().id().equals(sent.id()));
        }
    }

    /** Remembers the ids that came up latest, new or repeated, instead of those that were appended latest. */
    static final class RemembersByUse extends WrongAppends.Doubling {

        private final Map<ConversationId, Map<MessageId, Boolean>> used = new HashMap<>();
        private Map<MessageId, Boolean> remembered = Map.of();

        RemembersByUse(InstantSource clock) {
            super(clock);
        }

        @Override
        public synchronized Receipt append(ConversationId id, Append append) {
            remembered = used.computeIfAbsent(id, unknown -> new LinkedHashMap<>(16, 0.75f, true));
            Receipt receipt = super.append(id, append);
            append.messages().forEach(message -> remembered.put(message.id(), true));
            while (remembered.size() > Conversation.HORIZON) {
                remembered.remove(remembered.keySet().iterator().next());
            }
            return receipt;
        }

        @Override
        boolean doubles(Append append) {
            return append.messages().stream().anyMatch(message -> !remembered.containsKey(message.id()));
        }
    }

    /** Looks for a first attempt before it has the lock, which only one thread cannot tell from right. */
    static final class LooksTooEarly extends WrongAppends.Doubling {

        private final Set<Thread> foundNothing = ConcurrentHashMap.newKeySet();

        LooksTooEarly(InstantSource clock) {
            super(clock);
        }

        @Override
        public Receipt append(ConversationId id, Append append) {
            if (append.firstAttempt() && Concurrently.isInside() && isNew(id, append)) {
                foundNothing.add(Thread.currentThread());
                Pause.until(() -> !isNew(id, append));
            }
            try {
                return super.append(id, append);
            } finally {
                foundNothing.remove(Thread.currentThread());
            }
        }

        private synchronized boolean isNew(ConversationId id, Append append) {
            try {
                return !find(id).append(append.asRepetition(), clock.instant())
                        .receipt()
                        .replay();
            } catch (ColloquyException known) {
                return false;
            }
        }

        @Override
        boolean doubles(Append append) {
            return foundNothing.contains(Thread.currentThread());
        }
    }
}
