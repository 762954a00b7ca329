package dev.colloquy.application.outbox;

import dev.colloquy.domain.conversation.Append;
import dev.colloquy.domain.conversation.ConversationId;
import java.time.Instant;
import java.util.Objects;

/** Something accepted while the store was unavailable, to be done when it is back. Immutable. */
public sealed interface OutboxEntry {

    /** Its place in the order of acceptance, from 1; unique within one journal. */
    long number();

    /** Which conversation it belongs to. */
    ConversationId conversation();

    /** When it was accepted. */
    Instant acceptedAt();

    /** How many messages it holds; 0 for a clear. */
    int messageCount();

    /**
     * The size of its messages: their text in UTF-8 bytes, and for each entry of their metadata what keeping two short texts
     * takes beside them, which may be far more than they are; 0 for a clear.
     */
    long sizeInBytes();

    /**
     * A batch to append.
     *
     * @param number its place in the order of acceptance, from 1
     * @param conversation which conversation
     * @param acceptedAt when it was accepted
     * @param append the batch with its own retention and without a condition; kept as a repetition, since an attempt
     *     may have come before
     */
    record Appended(long number, ConversationId conversation, Instant acceptedAt, Append append)
            implements OutboxEntry {

        /** Of 64-bit Java: two strings, their arrays with what fills these up, and four places in an immutable map. */
        private static final int METADATA_ENTRY_BYTES = 112;

        public Appended {
            Objects.requireNonNull(conversation, "conversation");
            Objects.requireNonNull(acceptedAt, "acceptedAt");
            append = Objects.requireNonNull(append, "append").asRepetition();
        }

        @Override
        public int messageCount() {
            return append.messages().size();
        }

        @Override
        public long sizeInBytes() {
            long size = 0;
            for (var message : append.messages()) {
                size += message.sizeInBytes()
                        + (long) METADATA_ENTRY_BYTES * message.metadata().size();
            }
            return size;
        }
    }

    /**
     * A conversation to clear.
     *
     * @param number its place in the order of acceptance, from 1
     * @param conversation which conversation
     * @param acceptedAt when it was accepted
     */
    record Cleared(long number, ConversationId conversation, Instant acceptedAt) implements OutboxEntry {
        public Cleared {
            Objects.requireNonNull(conversation, "conversation");
            Objects.requireNonNull(acceptedAt, "acceptedAt");
        }

        @Override
        public int messageCount() {
            return 0;
        }

        @Override
        public long sizeInBytes() {
            return 0;
        }
    }
}
