package dev.colloquy.bootstrap.telemetry;

import dev.colloquy.adapter.memory.MemoryConversationStore;
import dev.colloquy.domain.port.out.ConversationStore;
import dev.colloquy.store.tck.ConversationStoreContract;
import dev.colloquy.store.tck.InProcessHarness;
import dev.colloquy.store.tck.StoreHarness;
import org.junit.jupiter.api.DisplayName;

@DisplayName("A store that is observed")
class ObservedConversationStoreTest extends ConversationStoreContract {

    @Override
    protected StoreHarness createHarness() {
        return new Harness(Telemetry.ofService(TelemetrySettings.LOCAL));
    }

    private static final class Harness extends InProcessHarness<ConversationStore> {

        private final Telemetry telemetry;

        private Harness(Telemetry telemetry) {
            super(clock -> telemetry.observe(
                    new MemoryConversationStore(
                            clock, clock::nanoTime, MemoryConversationStore.DEFAULT_MAX_BYTES, reason -> {}),
                    "memory"));
            this.telemetry = telemetry;
        }

        @Override
        public void close() {
            telemetry.close();
        }
    }
}
