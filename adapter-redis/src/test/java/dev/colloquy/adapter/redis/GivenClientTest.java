package dev.colloquy.adapter.redis;

import static dev.colloquy.adapter.redis.Conversations.ids;
import static dev.colloquy.adapter.redis.Conversations.save;
import static org.assertj.core.api.Assertions.assertThat;

import dev.colloquy.adapter.redis.testing.RawRedis;
import dev.colloquy.adapter.redis.testing.RedisCluster;
import dev.colloquy.adapter.redis.testing.RedisServer;
import dev.colloquy.domain.conversation.ConversationId;
import dev.colloquy.domain.conversation.PageRequest;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.function.Consumer;
import java.util.stream.IntStream;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.redisson.Redisson;
import org.redisson.api.RedissonClient;
import org.redisson.config.Config;
import org.redisson.config.NameMapper;

@DisplayName("A store over a client that somebody else configured")
class GivenClientTest {

    private static final ConversationId ALEX = ConversationId.of("onboarding", "alex");
    private static final String KEY = "onboarding:alex:conversation";

    private static void over(Config config, Consumer<RedisConversationStore> use) {
        RedissonClient redisson = Redisson.create(config);
        try (RedisConversationStore store = RedisConversationStore.over(redisson)) {
            use.accept(store);
        } finally {
            redisson.shutdown();
        }
    }

    private static void awaitReplica(RedisServer master) {
        try (RawRedis redis = master.connect()) {
            // WAIT asks about what this connection wrote.
            redis.call("SET", "marker", "");
            assertThat(redis.number("WAIT", "1", "10000")).isEqualTo(1);
        }
    }

    @Test
    @DisplayName("uses it, and leaves it open")
    void staysOpen() {
        try (RedisServer server = RedisServer.start()) {
            Config config = new Config();
            config.useSingleServer().setAddress(server.url());
            RedissonClient redisson = Redisson.create(config);
            try {
                RedisConversationStore store = RedisConversationStore.over(redisson);
                save(store, ALEX, "a");
                store.close();
                store.close();

                assertThat(redisson.isShutdown()).isFalse();
                assertThat(redisson.getBucket("other").isExists()).isFalse();
            } finally {
                redisson.shutdown();
            }
        }
    }

    @Test
    @DisplayName("that reads from replicas shows what the master has, while its replica lags behind")
    void laggingReplica() {
        try (RedisServer master = RedisServer.start();
                RedisServer replica = RedisServer.builder()
                        .set("replicaof", "127.0.0.1 " + master.port())
                        .set("repl-diskless-sync-delay", "0")
                        .start()) {
            Config config = new Config();
            config.useMasterSlaveServers().setMasterAddress(master.url()).addSlaveAddress(replica.url());
            over(config, store -> {
                save(store, ALEX, "cleared");
                awaitReplica(master);
                replica.call("REPLICAOF", "NO", "ONE");
                store.clear(ALEX);
                save(store, ALEX, "a", "b");

                assertThat(ids(store, ALEX)).containsExactly("a", "b");
                save(store, ALEX, "c");
                assertThat(ids(store, ALEX)).containsExactly("a", "b", "c");
            });
        }
    }

    @Test
    @DisplayName("of a cluster asks its replicas for nothing")
    void clusterReplicas() {
        RedisCluster cluster = RedisCluster.shared();
        List<RedisServer> replicas = cluster.nodes().stream()
                .filter(node -> String.valueOf(node.call("INFO", "replication")).contains("role:slave"))
                .toList();
        assertThat(replicas).hasSize(3);
        replicas.forEach(replica -> replica.call("CONFIG", "RESETSTAT"));
        Config config = new Config();
        cluster.nodes().forEach(node -> config.useClusterServers().addNodeAddress("redis://127.0.0.1:" + node.port()));
        over(
                config,
                store -> IntStream.range(0, 30).forEach(i -> {
                    ConversationId user = ConversationId.of("onboarding", "of-given-client-" + i);
                    save(store, user, "a");
                    assertThat(ids(store, user)).containsExactly("a");
                    assertThat(ids(store, user)).containsExactly("a");
                }));

        for (RedisServer replica : replicas) {
            Map<String, Long> calls = replica.commandCalls();
            assertThat(calls).doesNotContainKeys("llen", "lrange", "pttl", "lindex", "evalsha");
        }
        cluster.flush();
    }

    @Test
    @DisplayName("that maps names keeps conversations under the mapped ones, and finds them there however it reads")
    void nameMapper() {
        try (RedisServer server = RedisServer.start()) {
            Config config = new Config();
            config.useSingleServer().setAddress(server.url());
            config.setNameMapper(MINE);
            over(config, store -> {
                save(store, ALEX, "a");
                assertThat(ids(store, ALEX)).containsExactly("a");
                assertThat(server.call("LLEN", "mine:" + KEY)).isEqualTo(1L);
                server.call("RPUSH", "onboarding:of-others:conversation", "");
                assertThat(store.list(ALEX.agent(), PageRequest.first(10)).conversations())
                        .containsExactly(ALEX);
            });
        }
    }

    @Test
    @DisplayName("that maps names in a cluster sends each call to the master of the mapped one")
    void nameMapperInCluster() {
        Config config = new Config();
        config.useClusterServers()
                .addNodeAddress(RedisCluster.shared().nodes().getFirst().url());
        config.setNameMapper(MINE);
        RedissonClient redisson = Redisson.create(config);
        try (ExecutorService executor = Executors.newCachedThreadPool()) {
            Nodes nodes = new Nodes(redisson, false, executor);
            assertThat(nodes.slotOf(KEY)).isEqualTo(ClusterSlot.of("mine:" + KEY));
        } finally {
            redisson.shutdown();
        }
    }

    private static final NameMapper MINE = new NameMapper() {
        @Override
        public String map(String name) {
            return "mine:" + name;
        }

        @Override
        public String unmap(String name) {
            return name.substring("mine:".length());
        }
    };
}
