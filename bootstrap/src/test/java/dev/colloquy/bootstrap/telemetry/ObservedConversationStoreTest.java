package dev.colloquy.bootstrap.telemetry;

import dev.colloquy.adapter.memory.MemoryConversationStore;
import dev.colloquy.domain.port.out.ConversationStore;
import dev.colloquy.store.tck.ConversationStoreContract;
import dev.colloquy.store.tck.StoreHarness;
import java.time.Duration;
import java.time.Instant;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicLong;
import org.junit.jupiter.api.DisplayName;

@DisplayName("A store that is observed")
class ObservedConversationStoreTest extends ConversationStoreContract {

    @Override
    protected StoreHarness createHarness() {
        return new Harness();
    }

    private static final class Harness implements StoreHarness {

        private static final Instant START = Instant.parse("2026-03-01T12:00:00Z");

        private final AtomicLong nanos = new AtomicLong();
        private final Telemetry telemetry = Telemetry.start(TelemetrySettings.LOCAL);
        private final ConversationStore store = telemetry.observe(
                new MemoryConversationStore(
                        this::now, nanos::get, MemoryConversationStore.DEFAULT_MAX_BYTES, reason -> {}),
                "memory");

        @Override
        public ConversationStore store() {
            return store;
        }

        @Override
        public Instant now() {
            return START.plusNanos(nanos.get());
        }

        @Override
        public void passTime(Duration duration) {
            nanos.addAndGet(duration.toNanos());
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
        public void close() {
            telemetry.close();
        }
    }
}
