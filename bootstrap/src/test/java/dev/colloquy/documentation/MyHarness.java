package dev.colloquy.documentation;

import dev.colloquy.domain.port.out.ConversationStore;
import dev.colloquy.store.tck.StoreHarness;
import java.time.Duration;
import java.time.Instant;
import java.util.Optional;

/** Drives {@link MyStore}, with a clock that the test moves. */
final class MyHarness implements StoreHarness {

    private final MyStore store = new MyStore(this::now);
    private volatile Instant now = Instant.parse("2026-03-01T12:00:00Z");

    @Override
    public ConversationStore store() {
        return store;
    }

    @Override
    public Instant now() {
        return now;
    }

    @Override
    public void passTime(Duration duration) {
        now = now.plus(duration);
    }

    @Override
    public Optional<Outage> outage() {
        return Optional.empty();
    }

    @Override
    public Optional<Corruption> corruption() {
        return Optional.empty();
    }

    @Override
    public void close() {}
}
