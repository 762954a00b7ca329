package dev.colloquy.domain.conversation;

import dev.colloquy.domain.error.InvalidValue;

/** Which messages of a conversation to read. The result is always in order, oldest first. */
public sealed interface MessageRange {

    /** All of them. */
    record All() implements MessageRange {}

    /**
     * The latest ones.
     *
     * @param count how many at most, from 1
     */
    record Last(int count) implements MessageRange {
        public Last {
            requirePositive("last", count);
        }
    }

    /**
     * Those behind a sequence number.
     *
     * @param sequence the number after which to start, from 0; one beyond the end selects nothing
     * @param limit how many at most, from 1
     */
    record After(long sequence, int limit) implements MessageRange {
        public After {
            if (sequence < 0) {
                throw new InvalidValue("after", Long.toString(sequence), "0 and above");
            }
            requirePositive("limit", limit);
        }
    }

    /** All messages. */
    static MessageRange all() {
        return new All();
    }

    /**
     * The latest messages.
     *
     * @throws InvalidValue if the count is below 1
     */
    static MessageRange last(int count) {
        return new Last(count);
    }

    /**
     * The messages behind a sequence number.
     *
     * @throws InvalidValue if the sequence number is negative or the limit below 1
     */
    static MessageRange after(long sequence, int limit) {
        return new After(sequence, limit);
    }

    private static void requirePositive(String field, int value) {
        if (value < 1) {
            throw new InvalidValue(field, Integer.toString(value), "1 and above");
        }
    }
}
