package dev.colloquy.store.tck;

import dev.colloquy.domain.port.out.ConversationStore;
import java.time.Duration;
import java.time.Instant;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.function.Function;

/** Drives a reference store, or a broken descendant of it. */
final class ReferenceHarness implements StoreHarness {

    private final ManualClock clock = new ManualClock();
    private final ReferenceStore store;

    ReferenceHarness(Function<ManualClock, ReferenceStore> store) {
        this.store = store.apply(clock);
    }

    @Override
    public ConversationStore store() {
        return store;
    }

    @Override
    public Instant now() {
        return clock.instant();
    }

    @Override
    public void passTime(Duration duration) {
        clock.advance(duration);
    }

    @Override
    public Optional<Outage> outage() {
        return Optional.of(new Outage() {
            @Override
            public void begin() {
                store.away = true;
            }

            @Override
            public void end() {
                store.away = false;
            }
        });
    }

    @Override
    public Optional<Corruption> corruption() {
        return Optional.of(id -> {
            synchronized (store) {
                store.damaged.add(id);
            }
        });
    }

    @Override
    public OptionalLong conversationsWithoutExpiry() {
        return OptionalLong.of(store.withoutExpiry());
    }

    @Override
    public void close() {}
}
