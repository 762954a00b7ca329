package dev.colloquy.store.tck;

import org.junit.jupiter.api.DisplayName;

@DisplayName("The reference store keeps the contract")
class ReferenceStoreTest extends ConversationStoreContract {

    @Override
    protected StoreHarness createHarness() {
        return new ReferenceHarness(ReferenceStore::new);
    }
}
