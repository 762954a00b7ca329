package dev.colloquy.store.tck;

import dev.colloquy.domain.conversation.ConversationId;
import dev.colloquy.domain.conversation.ConversationView;
import dev.colloquy.domain.conversation.Message;
import dev.colloquy.domain.conversation.MessageRange;
import dev.colloquy.domain.conversation.Position;
import dev.colloquy.domain.conversation.SequencedMessage;
import dev.colloquy.domain.error.StoreFailure;
import dev.colloquy.domain.error.StoredDataUnreadable;
import dev.colloquy.domain.port.out.StoreHealth;
import dev.colloquy.domain.retention.Retention;
import java.time.InstantSource;
import java.time.temporal.ChronoUnit;
import java.util.AbstractList;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.function.BiFunction;
import java.util.function.UnaryOperator;

/** Stores that keep everything well and then give back something else. */
final class WrongReads {

    private WrongReads() {}

    /** The view with each message changed. */
    static ConversationView mapped(ConversationView view, UnaryOperator<SequencedMessage> change) {
        List<SequencedMessage> messages = view.messages().stream().map(change).toList();
        return ConversationView.live(view.id(), messages, view.length(), view.last(), view.expiresAt());
    }

    static Message withoutMetadata(Message m) {
        return new Message(m.id(), m.role(), m.content(), m.at(), Map.of());
    }

    static Message inMilliseconds(Message m) {
        return Samples.at(m.at().truncatedTo(ChronoUnit.MILLIS), m);
    }

    /** Changes messages on the way out. */
    static final class Changing extends ReferenceStore {

        private final UnaryOperator<Message> change;

        Changing(InstantSource clock, UnaryOperator<Message> change) {
            super(clock);
            this.change = change;
        }

        @Override
        public ConversationView read(ConversationId id, MessageRange range, Retention retention) {
            return mapped(
                    super.read(id, range, retention),
                    stored -> new SequencedMessage(stored.sequence(), change.apply(stored.message())));
        }
    }

    /** Sorts what it gives back by the times that the messages bring, as far as its column is precise. */
    static final class SortsByTime extends ReferenceStore {

        SortsByTime(InstantSource clock) {
            super(clock);
        }

        @Override
        public ConversationView read(ConversationId id, MessageRange range, Retention retention) {
            ConversationView view = super.read(id, range, retention);
            List<SequencedMessage> sorted = view.messages().stream()
                    .sorted(Comparator.comparing(m -> m.message().at().truncatedTo(ChronoUnit.MILLIS)))
                    .toList();
            return ConversationView.live(id, sorted, view.length(), view.last(), view.expiresAt());
        }
    }

    /** Numbers the messages by their index in the stored list, of which the cap drops the first ones. */
    static final class NumbersByIndex extends ReferenceStore {

        NumbersByIndex(InstantSource clock) {
            super(clock);
        }

        @Override
        public ConversationView read(ConversationId id, MessageRange range, Retention retention) {
            ConversationView view = super.read(id, range, retention);
            Position last = view.last();
            if (last == null) {
                return view;
            }
            long dropped = last.sequence() - view.length();
            List<SequencedMessage> messages = view.messages().stream()
                    .map(m -> new SequencedMessage(m.sequence() - dropped, m.message()))
                    .toList();
            Position end = new Position(view.length(), last.id());
            return ConversationView.live(id, messages, view.length(), end, view.expiresAt());
        }
    }

    /** Reads another range than it was asked for. */
    static final class Reading extends ReferenceStore {

        private final BiFunction<MessageRange, Retention, MessageRange> change;

        Reading(InstantSource clock, BiFunction<MessageRange, Retention, MessageRange> change) {
            super(clock);
            this.change = change;
        }

        @Override
        public ConversationView read(ConversationId id, MessageRange range, Retention retention) {
            return super.read(id, change.apply(range, retention), retention);
        }
    }

    /** Takes "after" to include the number itself. */
    static MessageRange afterIsFrom(MessageRange range, Retention retention) {
        return range instanceof MessageRange.After(long sequence, int limit) && sequence > 0
                ? MessageRange.after(sequence - 1, limit)
                : range;
    }

    static MessageRange last256(MessageRange range, Retention retention) {
        return range instanceof MessageRange.Last(int count) ? MessageRange.last(Math.min(count, 256)) : range;
    }

    /** As if the cap were about what a read shows. */
    static MessageRange capped(MessageRange range, Retention retention) {
        return range instanceof MessageRange.All && retention.maxMessages().isPresent()
                ? MessageRange.last(retention.maxMessages().getAsInt())
                : range;
    }

    /** Hands out a list that shows what is stored at the time it is looked at. */
    static final class HandsOutItsOwnList extends ReferenceStore {

        HandsOutItsOwnList(InstantSource clock) {
            super(clock);
        }

        @Override
        public synchronized ConversationView read(ConversationId id, MessageRange range, Retention retention) {
            ConversationView view = super.read(id, range, retention);
            List<SequencedMessage> own = new AbstractList<>() {
                @Override
                public SequencedMessage get(int index) {
                    return now().get(index);
                }

                @Override
                public int size() {
                    return now().size();
                }

                private List<SequencedMessage> now() {
                    synchronized (HandsOutItsOwnList.this) {
                        return find(id).view(range).messages();
                    }
                }
            };
            return ConversationView.live(id, own, view.length(), view.last(), view.expiresAt());
        }
    }

    /** Takes a certain failure for "there is nothing". */
    static final class EmptyOn extends ReferenceStore {

        private final Class<? extends StoreFailure> failure;
        private final Class<? extends MessageRange> read;

        EmptyOn(InstantSource clock, Class<? extends StoreFailure> failure) {
            this(clock, failure, MessageRange.class);
        }

        /** @param read the only kind of read in which it does so */
        EmptyOn(InstantSource clock, Class<? extends StoreFailure> failure, Class<? extends MessageRange> read) {
            super(clock);
            this.failure = failure;
            this.read = read;
        }

        @Override
        public ConversationView read(ConversationId id, MessageRange range, Retention retention) {
            try {
                return super.read(id, range, retention);
            } catch (StoreFailure e) {
                if (failure.isInstance(e) && read.isInstance(range)) {
                    return ConversationView.empty(id);
                }
                throw e;
            }
        }
    }

    /** Says of damaged data what it found there, in the cause of an error that names only the place. */
    static final class QuotesInCause extends ReferenceStore {

        QuotesInCause(InstantSource clock) {
            super(clock);
        }

        @Override
        public ConversationView read(ConversationId id, MessageRange range, Retention retention) {
            try {
                return super.read(id, range, retention);
            } catch (StoredDataUnreadable e) {
                throw new StoredDataUnreadable(
                        id.toString(), "element 2 is no message", new IllegalStateException(quote(id)));
            }
        }

        private synchronized String quote(ConversationId id) {
            return "unexpected end behind "
                    + find(id).view(MessageRange.all()).messages().getFirst().content();
        }
    }

    /** Says it is well without having asked. */
    static final class AlwaysHealthy extends ReferenceStore {

        AlwaysHealthy(InstantSource clock) {
            super(clock);
        }

        @Override
        public StoreHealth checkHealth() {
            return StoreHealth.live("surely");
        }
    }
}
