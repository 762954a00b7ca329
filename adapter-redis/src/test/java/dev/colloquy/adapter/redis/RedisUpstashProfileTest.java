package dev.colloquy.adapter.redis;

import dev.colloquy.store.tck.ConversationStoreContract;
import dev.colloquy.store.tck.StoreHarness;
import org.junit.jupiter.api.DisplayName;

@DisplayName("The contract over TLS, with a user who may only do what Upstash documents")
class RedisUpstashProfileTest extends ConversationStoreContract {

    @Override
    protected StoreHarness createHarness() {
        return RedisHarness.over(UpstashProfile.start(), UpstashProfile::settings);
    }
}
