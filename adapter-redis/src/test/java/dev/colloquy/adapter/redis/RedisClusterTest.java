package dev.colloquy.adapter.redis;

import dev.colloquy.adapter.redis.testing.RedisCluster;
import dev.colloquy.store.tck.ConversationStoreContract;
import dev.colloquy.store.tck.StoreHarness;
import java.util.Optional;
import org.junit.jupiter.api.DisplayName;

@DisplayName("The contract in a cluster of three masters and three replicas")
class RedisClusterTest extends ConversationStoreContract {

    @Override
    protected StoreHarness createHarness() {
        RedisCluster cluster = RedisCluster.shared();
        RedisSettings settings = RedisHarness.patient(RedisSettings.of(cluster.url()));
        return new RedisHarness(cluster.nodes(), settings, Optional.empty(), cluster::flush);
    }
}
