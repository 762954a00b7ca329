package dev.colloquy.documentation;

import dev.colloquy.store.tck.ConversationStoreContract;
import dev.colloquy.store.tck.InProcessHarness;
import dev.colloquy.store.tck.StoreHarness;

// region contract
class MyStoreTest extends ConversationStoreContract {

    @Override
    protected StoreHarness createHarness() {
        return new InProcessHarness<>(MyStore::new);
    }
}
// endregion
