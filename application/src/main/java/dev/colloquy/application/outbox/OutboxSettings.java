package dev.colloquy.application.outbox;

import dev.colloquy.domain.error.InvalidValue;
import java.time.Duration;

/**
 * How much the outbox holds and how it finds its way back. Immutable.
 *
 * @param maxMessages the most messages waiting at a time, from 1; a clear counts as one
 * @param maxBytes the most UTF-8 bytes of content and metadata waiting at a time, from 1
 * @param recentBytes about how much memory to spend on remembering recent conversations, in bytes, from 0 for none
 * @param probeInterval how often to ask an unavailable store whether it is back, and how long at most an append or a clear
 *     waits for the end of its conversation's replay, 1 ms to 1 minute
 * @param patience how long to try an entry again that the store refuses for its size or for an unknown reason, from
 *     zero, before it is kept aside; it begins anew after two minutes without a try
 */
public record OutboxSettings(
        int maxMessages, long maxBytes, long recentBytes, Duration probeInterval, Duration patience) {

    /** The heap for which the default is meant. Full, it takes up to half of it. */
    private static final long USUAL_HEAP = 512L << 20;

    // Before the default: it is validated with it while the class is initialised.
    private static final Duration LONGEST_INTERVAL = Duration.ofMinutes(1);

    /** 100,000 messages and 64 MiB waiting, 64 MiB of recent conversations, a probe every 500 ms, 5 minutes' patience. */
    public static final OutboxSettings DEFAULT =
            new OutboxSettings(100_000, 64L << 20, 64L << 20, Duration.ofMillis(500), Duration.ofMinutes(5));

    /**
     * The {@link #DEFAULT}, in a heap below 512 MiB with limits in proportion to it, so that a full outbox leaves room for
     * the rest.
     *
     * @param heap the most bytes of the Java heap, such as {@link Runtime#maxMemory()}, from 1
     */
    public static OutboxSettings forHeap(long heap) {
        double share = Math.min(1, (double) heap / USUAL_HEAP);
        return DEFAULT.holding(Math.max(1, (int) (DEFAULT.maxMessages * share)), Math.max(1, (long)
                        (DEFAULT.maxBytes * share)))
                .remembering((long) (DEFAULT.recentBytes * share));
    }

    /** @throws InvalidValue if a value is out of range */
    public OutboxSettings {
        requireAtLeast("outboxMaxMessages", maxMessages, 1);
        requireAtLeast("outboxMaxBytes", maxBytes, 1);
        requireAtLeast("recentBytes", recentBytes, 0);
        if (probeInterval.compareTo(Duration.ofMillis(1)) < 0 || probeInterval.compareTo(LONGEST_INTERVAL) > 0) {
            throw new InvalidValue("probeInterval", probeInterval.toString(), "1 millisecond to 1 minute");
        }
        if (patience.isNegative()) {
            throw new InvalidValue("patience", patience.toString(), "zero and above");
        }
    }

    /** The same with other limits of what may wait. */
    public OutboxSettings holding(int messages, long bytes) {
        return new OutboxSettings(messages, bytes, recentBytes, probeInterval, patience);
    }

    /** The same with another memory of recent conversations. */
    public OutboxSettings remembering(long bytes) {
        return new OutboxSettings(maxMessages, maxBytes, bytes, probeInterval, patience);
    }

    /** The same with another interval of the probe. */
    public OutboxSettings probingEvery(Duration interval) {
        return new OutboxSettings(maxMessages, maxBytes, recentBytes, interval, patience);
    }

    /** The same with another patience. */
    public OutboxSettings patientFor(Duration duration) {
        return new OutboxSettings(maxMessages, maxBytes, recentBytes, probeInterval, duration);
    }

    private static void requireAtLeast(String field, long value, long least) {
        if (value < least) {
            throw new InvalidValue(field, Long.toString(value), least + " and above");
        }
    }
}
