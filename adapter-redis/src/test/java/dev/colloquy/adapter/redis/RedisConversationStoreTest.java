package dev.colloquy.adapter.redis;

import dev.colloquy.adapter.redis.testing.RedisServer;
import dev.colloquy.store.tck.ConversationStoreContract;
import dev.colloquy.store.tck.StoreHarness;
import org.junit.jupiter.api.DisplayName;

@DisplayName("The contract on one server")
class RedisConversationStoreTest extends ConversationStoreContract {

    @Override
    protected StoreHarness createHarness() {
        return RedisHarness.over(RedisServer.start(), port -> RedisSettings.of("redis://127.0.0.1:" + port));
    }
}
