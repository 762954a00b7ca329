package dev.colloquy.domain.retention;

import dev.colloquy.domain.error.InvalidValue;
import java.time.Duration;
import java.time.Instant;
import java.util.Objects;
import java.util.OptionalInt;
import org.jspecify.annotations.Nullable;

/**
 * How long a conversation is kept, and how many of its messages. Immutable.
 *
 * @param from what the period counts from
 * @param period how long, {@link #SHORTEST} to {@link #LONGEST}, in whole milliseconds
 * @param limit the most messages kept, from 1, the oldest dropped first; or null for no limit
 */
public record Retention(
        From from, Duration period, @Nullable Integer limit) {

    /** What a retention counts from. */
    public enum From {
        /** Each append starts the period anew. */
        LAST_MESSAGE,
        /** The first append starts the period; later ones do not prolong it. */
        FIRST_MESSAGE,
        /** Each append and each read of an existing conversation starts the period anew. */
        LAST_ACCESS
    }

    /** The shortest period. */
    public static final Duration SHORTEST = Duration.ofSeconds(1);

    /** The longest period. */
    public static final Duration LONGEST = Duration.ofDays(3650);

    /** Seven days since the last message, no limit on the number of messages. */
    public static final Retention DEFAULT = sinceLastMessage(Duration.ofDays(7));

    /** @throws InvalidValue if the period or the limit is out of range */
    public Retention {
        Objects.requireNonNull(from, "from");
        if (period.compareTo(SHORTEST) < 0 || period.compareTo(LONGEST) > 0) {
            throw new InvalidValue("retention", period.toString(), "1 second to 3650 days");
        }
        if (period.toNanosPart() % 1_000_000 != 0) {
            throw new InvalidValue("retention", period.toString(), "whole milliseconds");
        }
        if (limit != null && limit < 1) {
            throw new InvalidValue("maxMessages", limit.toString(), "1 and above");
        }
    }

    /** Kept for this long after the latest message. */
    public static Retention sinceLastMessage(Duration period) {
        return new Retention(From.LAST_MESSAGE, period, null);
    }

    /** Kept for this long after the first message, however many follow. */
    public static Retention sinceFirstMessage(Duration period) {
        return new Retention(From.FIRST_MESSAGE, period, null);
    }

    /** Kept for this long after it was last written or read. */
    public static Retention sinceLastAccess(Duration period) {
        return new Retention(From.LAST_ACCESS, period, null);
    }

    /** The same, with at most so many messages; the oldest are dropped first. */
    public Retention keepingAtMost(int messages) {
        return new Retention(from, period, messages);
    }

    /** The most messages kept, or empty for no limit. */
    public OptionalInt maxMessages() {
        return limit == null ? OptionalInt.empty() : OptionalInt.of(limit);
    }

    /**
     * When the conversation expires after an append.
     *
     * @param now the time of the append
     * @param current when it would have expired without the append, or null if it is new
     */
    public Instant expiryAfterAppend(Instant now, @Nullable Instant current) {
        return from == From.FIRST_MESSAGE && current != null ? current : now.plus(period);
    }

    /**
     * When the conversation expires after a read.
     *
     * @param now the time of the read
     * @param current when it would have expired without the read
     */
    public Instant expiryAfterRead(Instant now, Instant current) {
        return from == From.LAST_ACCESS ? now.plus(period) : current;
    }
}
