package dev.colloquy.application.outbox;

import java.time.Duration;
import java.time.Instant;
import java.util.Optional;

/** What the outbox is doing, for metrics. Each call answers for the present instant; safe for any thread. */
public interface OutboxStatistics {

    /** Since when the state is degraded, or empty when it is live. */
    Optional<Instant> degradedSince();

    /** For how long the state has been degraded, or zero when it is live, or when the clock was set back to before that. */
    Duration degradedTime();

    /** How many messages wait now; a clear counts as one. */
    long waitingMessages();

    /** How many UTF-8 bytes of content and metadata wait now. */
    long waitingBytes();

    /** For how long the oldest waiting entry has waited, or zero if none waits, or when the clock was set back to before it. */
    Duration oldestAge();

    /** How many messages were replayed since the start; never falls. */
    long replayedMessages();

    /** How many entries were kept aside since the start; never falls. */
    long keptAsideEntries();

    /**
     * How many calls were refused because the outbox was full or its journal could not be written, since the start; never
     * falls.
     */
    long refusedCalls();

    /** How many degraded episodes began since the start; never falls. */
    long episodes();
}
