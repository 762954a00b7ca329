package dev.colloquy.bootstrap.telemetry;

import dev.colloquy.adapter.memory.MemoryConversationStore;
import dev.colloquy.domain.port.out.ConversationStore;
import java.time.InstantSource;

/** Stores for tests of what surrounds a store. */
final class TestStores {

    private TestStores() {}

    static ConversationStore memory() {
        return new MemoryConversationStore(
                InstantSource.system(), System::nanoTime, MemoryConversationStore.DEFAULT_MAX_BYTES, reason -> {});
    }
}
