package dev.colloquy.adapter.redis;

import dev.colloquy.adapter.redis.testing.RedisCluster;
import dev.colloquy.store.tck.ConversationStoreContract;
import dev.colloquy.store.tck.StoreHarness;
import java.time.Duration;
import java.util.Optional;
import org.junit.jupiter.api.DisplayName;

@DisplayName("The contract in a cluster of three masters and three replicas")
class RedisClusterTest extends ConversationStoreContract {

    /** An outage stops the processes, so that each call in it lasts until its deadline; hence a short one. */
    @Override
    protected StoreHarness createHarness() {
        RedisCluster cluster = RedisCluster.shared();
        RedisSettings settings =
                RedisHarness.patient(RedisSettings.of(cluster.url()), Duration.ofMillis(1500), Duration.ofSeconds(3));
        return new RedisHarness(cluster.nodes(), settings, Optional.empty(), cluster::flush);
    }
}
