package dev.colloquy.domain.conversation;

import java.time.Instant;
import java.util.List;
import java.util.Objects;

/**
 * What an append gives back. The two cases are types of their own, so that a message that is only accepted cannot be
 * mistaken for one that is stored. Immutable.
 */
public sealed interface Receipt {

    /**
     * The messages are in the store.
     *
     * @param messages the messages of the batch as they are stored, with their sequence numbers; for a replay with the
     *     times of the first append
     * @param length how many messages the conversation held right after the append; for a replay, right after the first
     *     one, if the cap has always been what it is in the repetition: the last message's sequence number, or the cap of the
     *     repetition if that is less
     * @param expiresAt when the conversation expires as things stand now
     * @param replay whether the batch was there already, so that this call changed nothing
     */
    record Stored(List<SequencedMessage> messages, long length, Instant expiresAt, boolean replay) implements Receipt {
        public Stored {
            messages = List.copyOf(messages);
            Objects.requireNonNull(expiresAt, "expiresAt");
        }

        /** The sequence number of the batch's first message. */
        public long firstSequence() {
            return messages.getFirst().sequence();
        }

        /** The sequence number of the batch's last message. */
        public long lastSequence() {
            return messages.getLast().sequence();
        }

        /** Where the batch ends, for a conditional append behind it. */
        public Position last() {
            return messages.getLast().position();
        }
    }

    /**
     * The store is unavailable; the messages wait in the outbox and will be stored in order, once, when it is back.
     * They have no sequence number yet.
     *
     * @param messages the accepted messages
     */
    record Accepted(List<Message> messages) implements Receipt {
        public Accepted {
            messages = List.copyOf(messages);
        }
    }
}
