package dev.colloquy.bootstrap.faults;

import static org.assertj.core.api.Assertions.assertThat;

import dev.colloquy.adapter.redis.testing.RedisCluster;
import dev.colloquy.adapter.redis.testing.RedisSentinels;
import dev.colloquy.adapter.redis.testing.RedisServer;
import dev.colloquy.bootstrap.Agent;
import dev.colloquy.bootstrap.Colloquy;
import dev.colloquy.domain.conversation.ConversationView;
import dev.colloquy.domain.conversation.Receipt;
import dev.colloquy.domain.conversation.Role;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import java.util.stream.IntStream;
import java.util.stream.LongStream;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;

@DisplayName("While the roles of Redis servers change")
class TopologyFaultTest {

    private static final String KEY = "faults:ann:conversation";
    private static final long DEADLINE_NANOS = TimeUnit.SECONDS.toNanos(40);

    private final List<String> acknowledged = new ArrayList<>();

    @Test
    @DisplayName("Sentinel failover: what was stored and replicated stays, what came meanwhile follows")
    void sentinelFailover() {
        try (RedisSentinels redis = RedisSentinels.start();
                Colloquy colloquy = Scene.open(redis.url(), Map.of())) {
            Agent agent = colloquy.agent("faults");
            expectAllAcrossFailover(agent, redis.master());
        }
    }

    @Test
    @DisplayName("started while the master is dead and the Sentinels still name it: the new one is found")
    void startedBeforeSentinelFailover() {
        try (RedisSentinels redis = RedisSentinels.start()) {
            redis.master().kill();
            try (Colloquy colloquy = Scene.open(redis.url(), Map.of())) {
                Agent agent = colloquy.agent("faults");
                save(agent, 3);
                awaitLive(agent);
                expectAllOnceInOrder(agent);
            }
        }
    }

    @Test
    @DisplayName("Cluster failover: what was stored and replicated stays, what came meanwhile follows")
    void clusterFailover() {
        try (RedisCluster redis = RedisCluster.start();
                Colloquy colloquy = Scene.open(redis.url(), Map.of())) {
            Agent agent = colloquy.agent("faults");
            expectAllAcrossFailover(agent, redis.masterOf(KEY));
        }
    }

    @Test
    @DisplayName("Cluster named by one host: that its node dies is noticed by the others")
    void failoverOfTheOneNamedNode() {
        try (RedisCluster redis = RedisCluster.start()) {
            RedisServer master = redis.masterOf(KEY);
            try (Colloquy colloquy = Scene.open("redis+cluster://localhost:" + master.port(), Map.of())) {
                Agent agent = colloquy.agent("faults");
                expectAllAcrossFailover(agent, master);
            }
        }
    }

    private void expectAllAcrossFailover(Agent agent, RedisServer master) {
        save(agent, 5);
        awaitLive(agent);
        master.call("WAIT", "1", "5000");
        master.kill();
        save(agent, 10);
        awaitLive(agent);
        save(agent, 5);
        expectAllOnceInOrder(agent);
    }

    @Test
    @DisplayName("Cluster, a master is away for good: its users' messages wait, those of others are stored")
    void masterAwayForGood() {
        try (RedisCluster redis = RedisCluster.start();
                Colloquy colloquy = Scene.open(redis.url(), Map.of())) {
            Agent agent = colloquy.agent("faults");
            redis.servePartly();
            save(agent, 5);
            awaitLive(agent);
            RedisServer master = redis.masterOf(KEY);
            String other = userOfAnother(redis, master);
            redis.killReplicaOf(master);
            master.pause();
            save(agent, 3);
            awaitStored(agent, other);
            save(agent, 2);
            assertThat(agent.saveMessage(other, Role.USER, "Still there?")).isInstanceOf(Receipt.Stored.class);
            master.resume();
            expectAllOnceInOrder(agent);
        }
    }

    @Test
    @DisplayName("Cluster, a master is full after an outage: what waits for others is stored")
    void masterFullDuringReplay() {
        try (RedisCluster redis = RedisCluster.start();
                Colloquy colloquy = Scene.open(redis.url(), Map.of())) {
            Agent agent = colloquy.agent("faults");
            redis.servePartly();
            save(agent, 5);
            awaitLive(agent);
            RedisServer master = redis.masterOf(KEY);
            String other = userOfAnother(redis, master);
            redis.killReplicaOf(master);
            master.call("CONFIG", "SET", "maxmemory", "1");
            master.pause();
            save(agent, 2);
            agent.saveMessage(other, Role.USER, "Hello?");
            master.resume();
            awaitStored(agent, other);
            save(agent, 2);
            assertThat(agent.saveMessage(other, Role.USER, "Still there?")).isInstanceOf(Receipt.Stored.class);
            master.call("CONFIG", "SET", "maxmemory", "0");
            expectAllOnceInOrder(agent);
        }
    }

    private static String userOfAnother(RedisCluster redis, RedisServer master) {
        return IntStream.range(0, 100)
                .mapToObj(i -> "user" + i)
                .filter(user -> redis.masterOf("faults:" + user + ":conversation") != master)
                .findFirst()
                .orElseThrow();
    }

    private static void awaitStored(Agent agent, String user) {
        long giveUp = System.nanoTime() + DEADLINE_NANOS;
        while (!(agent.saveMessage(user, Role.USER, "Hello?") instanceof Receipt.Stored)) {
            assertThat(System.nanoTime()).as("time until stored again").isLessThan(giveUp);
            Scene.pause();
        }
    }

    @Test
    @DisplayName("slot migration: the caller sees nothing of ASK and MOVED")
    void slotMigration() {
        try (RedisCluster redis = RedisCluster.start();
                Colloquy colloquy = Scene.open(redis.url(), Scene.PATIENT)) {
            Agent agent = colloquy.agent("faults");
            save(agent, 5);
            awaitLive(agent);
            RedisServer from = redis.masterOf(KEY);
            RedisServer to = redis.masterOtherThan(from);
            String slot = String.valueOf(from.call("CLUSTER", "KEYSLOT", KEY));
            RedisCluster.beginMove(slot, from, to);
            store(agent, 3);
            from.call("MIGRATE", "127.0.0.1", Integer.toString(to.port()), KEY, "0", "5000");
            // From here on the old master answers ASK.
            store(agent, 3);
            RedisCluster.finishMove(slot, from, to);
            // From here on it answers MOVED.
            store(agent, 3);
            expectAllOnceInOrder(agent);
            assertThat(to.call("LLEN", KEY)).isEqualTo((long) acknowledged.size());
        }
    }

    private void store(Agent agent, int count) {
        save(agent, count, Receipt.Stored.class);
    }

    private void save(Agent agent, int count) {
        save(agent, count, Receipt.class);
    }

    private void save(Agent agent, int count, Class<? extends Receipt> outcome) {
        for (int i = 0; i < count; i++) {
            String content = "message " + acknowledged.size();
            assertThat(agent.saveMessage(Scene.ANN, Role.USER, content)).isInstanceOf(outcome);
            acknowledged.add(content);
        }
    }

    private static void awaitLive(Agent agent) {
        long giveUp = System.nanoTime() + DEADLINE_NANOS;
        while (agent.getConversation(Scene.ANN).state() != ConversationView.State.LIVE) {
            assertThat(System.nanoTime()).as("time until live again").isLessThan(giveUp);
            Scene.pause();
        }
    }

    private void expectAllOnceInOrder(Agent agent) {
        awaitLive(agent);
        ConversationView view = agent.getConversation(Scene.ANN);
        assertThat(view.messages())
                .extracting(each -> each.message().content())
                .containsExactlyElementsOf(acknowledged);
        assertThat(view.messages())
                .extracting(each -> each.sequence())
                .containsExactlyElementsOf(
                        LongStream.rangeClosed(1, acknowledged.size()).boxed().toList());
    }
}
