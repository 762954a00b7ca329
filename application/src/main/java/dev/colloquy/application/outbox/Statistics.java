package dev.colloquy.application.outbox;

import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.Optional;

/** Reads the figures off the outbox. */
record Statistics(Outbox outbox, InstantSource clock) implements OutboxStatistics {

    @Override
    public Optional<Instant> degradedSince() {
        return outbox.episodes().since();
    }

    @Override
    public Duration degradedTime() {
        return timeSince(degradedSince());
    }

    @Override
    public long waitingMessages() {
        return outbox.limits().messages();
    }

    @Override
    public long waitingBytes() {
        return outbox.limits().bytes();
    }

    @Override
    public Duration oldestAge() {
        return timeSince(outbox.oldestAcceptedAt());
    }

    private Duration timeSince(Optional<Instant> begin) {
        Instant now = clock.instant();
        return begin.filter(now::isAfter)
                .map(instant -> Duration.between(instant, now))
                .orElse(Duration.ZERO);
    }

    @Override
    public long replayedMessages() {
        return outbox.episodes().replayed();
    }

    @Override
    public long keptAsideEntries() {
        return outbox.episodes().keptAside();
    }

    @Override
    public long refusedCalls() {
        return outbox.limits().refused();
    }

    @Override
    public long episodes() {
        return outbox.episodes().count();
    }
}
