package dev.colloquy.adapter.memory;

import dev.colloquy.domain.retention.Retention;
import dev.colloquy.store.tck.ConversationStoreContract;
import dev.colloquy.store.tck.InProcessHarness;
import dev.colloquy.store.tck.StoreHarness;
import java.util.OptionalLong;
import org.junit.jupiter.api.DisplayName;

@DisplayName("The store in memory keeps the contract")
class MemoryConversationStoreContractTest extends ConversationStoreContract {

    @Override
    protected StoreHarness createHarness() {
        return new MemoryHarness();
    }

    private static final class MemoryHarness extends InProcessHarness<MemoryConversationStore> {

        private MemoryHarness() {
            super(clock -> new MemoryConversationStore(
                    clock, clock::nanoTime, MemoryConversationStore.DEFAULT_MAX_BYTES, reason -> {}));
        }

        @Override
        public OptionalLong conversationsWithoutExpiry() {
            var cache = store().cache;
            var expiry = cache.policy().expireVariably().orElseThrow();
            return OptionalLong.of(cache.asMap().keySet().stream()
                    .flatMap(id -> expiry.getExpiresAfter(id).stream())
                    // Of what never expires Caffeine says 292 years.
                    .filter(left -> left.compareTo(Retention.LONGEST) > 0)
                    .count());
        }
    }
}
