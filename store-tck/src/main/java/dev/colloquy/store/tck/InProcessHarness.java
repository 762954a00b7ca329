package dev.colloquy.store.tck;

import dev.colloquy.domain.port.out.ConversationStore;
import java.time.Duration;
import java.time.Instant;
import java.util.Optional;
import java.util.function.Function;

/**
 * Drives a store that lives in this process and takes the time from a clock: it moves that clock. Such a store cannot
 * become unreachable and nobody else can write its data; if yours can, override {@link #outage} or {@link #corruption}.
 *
 * @param <S> the store
 */
public class InProcessHarness<S extends ConversationStore> implements StoreHarness {

    private final ManualClock clock = new ManualClock();
    private final S store;

    /** @param store makes the store, given the clock that it has to go by */
    public InProcessHarness(Function<ManualClock, S> store) {
        this.store = store.apply(clock);
    }

    @Override
    public final S store() {
        return store;
    }

    @Override
    public final Instant now() {
        return clock.instant();
    }

    @Override
    public final void passTime(Duration duration) {
        clock.advance(duration);
    }

    @Override
    public Optional<Outage> outage() {
        return Optional.empty();
    }

    @Override
    public Optional<Corruption> corruption() {
        return Optional.empty();
    }

    /** Does nothing: override it for a store that has something to close. */
    @Override
    public void close() {}
}
