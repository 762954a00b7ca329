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
    public long waitingMessages() {
        return outbox.limits().messages();
    }

    @Override
    public long waitingBytes() {
        return outbox.limits().bytes();
    }

    @Override
    public Duration oldestAge() {
        return outbox.oldestAcceptedAt()
                .map(oldest -> Duration.between(oldest, clock.instant()))
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
