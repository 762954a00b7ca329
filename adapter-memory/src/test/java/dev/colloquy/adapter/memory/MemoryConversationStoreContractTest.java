package dev.colloquy.adapter.memory;

import dev.colloquy.domain.port.out.ConversationStore;
import dev.colloquy.store.tck.ConversationStoreContract;
import dev.colloquy.store.tck.StoreHarness;
import java.time.Duration;
import java.time.Instant;
import java.util.Optional;
import java.util.OptionalLong;
import org.junit.jupiter.api.DisplayName;

@DisplayName("The store in memory keeps the contract")
class MemoryConversationStoreContractTest extends ConversationStoreContract {

    @Override
    protected StoreHarness createHarness() {
        return new MemoryHarness();
    }

    private static final class MemoryHarness implements StoreHarness {

        private final ManualTime time = new ManualTime();
        private final MemoryConversationStore store = new MemoryConversationStore(
                time, time::nanoTime, MemoryConversationStore.DEFAULT_MAX_BYTES, reason -> {});

        @Override
        public ConversationStore store() {
            return store;
        }

        @Override
        public Instant now() {
            return time.instant();
        }

        @Override
        public void passTime(Duration duration) {
            time.pass(duration);
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
        public OptionalLong conversationsWithoutExpiry() {
            var expiry = store.cache.policy().expireVariably();
            return OptionalLong.of(store.cache.asMap().keySet().stream()
                    .filter(id -> expiry.isEmpty())
                    .count());
        }

        @Override
        public void close() {}
    }
}
