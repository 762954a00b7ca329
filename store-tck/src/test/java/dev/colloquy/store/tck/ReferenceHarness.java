package dev.colloquy.store.tck;

import java.util.Optional;
import java.util.OptionalLong;
import java.util.function.Function;

/** Drives a reference store, or a broken descendant of it. */
final class ReferenceHarness extends InProcessHarness<ReferenceStore> {

    ReferenceHarness(Function<ManualClock, ReferenceStore> store) {
        super(store);
    }

    @Override
    public Optional<Outage> outage() {
        return Optional.of(new Outage() {
            @Override
            public void begin() {
                store().away = true;
            }

            @Override
            public void end() {
                store().away = false;
            }
        });
    }

    @Override
    public Optional<Corruption> corruption() {
        return Optional.of(id -> {
            synchronized (store()) {
                store().damaged.add(id);
            }
        });
    }

    @Override
    public OptionalLong conversationsWithoutExpiry() {
        return OptionalLong.of(store().withoutExpiry());
    }
}
