package dev.colloquy.adapter.redis;

import static dev.colloquy.adapter.redis.Conversations.save;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.colloquy.adapter.redis.testing.RedisCluster;
import dev.colloquy.adapter.redis.testing.RedisServer;
import dev.colloquy.domain.conversation.ConversationId;
import dev.colloquy.domain.error.StoreAccessRefused;
import dev.colloquy.domain.error.StoreUnavailable;
import dev.colloquy.domain.port.out.StoreHealth;
import java.util.concurrent.TimeUnit;
import java.util.function.BooleanSupplier;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;

@DisplayName("In a cluster, a master that is away and that nobody takes over from")
class MissingMasterTest {

    private static final ConversationId ALEX = ConversationId.of("onboarding", "alex");

    private final RedisCluster cluster = RedisCluster.start();
    private final RedisServer master = cluster.masterOf(ConversationKey.of(ALEX));
    private final ConversationId other = IntStream.range(0, 100)
            .mapToObj(i -> ConversationId.of("onboarding", "user" + i))
            .filter(id -> cluster.masterOf(ConversationKey.of(id)) != master)
            .findFirst()
            .orElseThrow();

    @AfterEach
    void close() {
        cluster.close();
    }

    private static boolean eventually(BooleanSupplier condition) {
        long deadline = System.nanoTime() + TimeUnit.SECONDS.toNanos(30);
        while (!condition.getAsBoolean()) {
            if (System.nanoTime() > deadline) {
                return false;
            }
        }
        return true;
    }

    private RedisConversationStore connect() {
        return RedisConversationStore.connect(RedisSettings.of(cluster.url()));
    }

    private static boolean isStored(RedisConversationStore store, ConversationId id, String message) {
        try {
            save(store, id, message);
            return true;
        } catch (StoreUnavailable notYet) {
            return false;
        }
    }

    private void expectOthersServed(RedisConversationStore store) {
        assertThat(eventually(() -> isStored(store, other, "m"))).isTrue();
        assertThat(eventually(() -> store.checkHealth().detail().contains("but not")))
                .isTrue();
        StoreHealth health = store.checkHealth();
        assertThat(health.status()).isEqualTo(StoreHealth.Status.LIVE);
        assertThat(health.detail()).endsWith(" answers, but not its masters " + master.host() + ":" + master.port());
        assertThatThrownBy(() -> save(store, ALEX, "lost")).isInstanceOf(StoreUnavailable.class);
    }

    @Test
    @DisplayName("is named, and the others are served, if the cluster is set so")
    void killed() {
        cluster.servePartly();
        cluster.killReplicaOf(master);
        try (RedisConversationStore store = connect()) {
            save(store, ALEX, "m");
            master.kill();
            expectOthersServed(store);
        }
    }

    @Test
    @DisplayName("is named also if it hangs, and health still has its answer soon")
    void hangs() {
        cluster.servePartly();
        cluster.killReplicaOf(master);
        try (RedisConversationStore store = connect()) {
            save(store, ALEX, "m");
            master.pause();
            expectOthersServed(store);
        }
    }

    @Test
    @DisplayName("is named also if it is there and refuses, and the others are served")
    void refuses() {
        cluster.servePartly();
        try (RedisConversationStore store = connect()) {
            save(store, ALEX, "m");
            master.call("ACL", "SETUSER", "default", "-@all", "+acl");

            save(store, other, "m");
            assertThatThrownBy(() -> save(store, ALEX, "refused")).isInstanceOf(StoreAccessRefused.class);
            assertThat(store.checkHealth().status()).isEqualTo(StoreHealth.Status.LIVE);
            assertThat(store.checkHealth().detail())
                    .endsWith("but not its masters " + master.host() + ":" + master.port());

            master.call("ACL", "SETUSER", "default", "+@all");
            save(store, ALEX, "m2");
            assertThat(store.checkHealth().detail()).endsWith(" answers");
        }
    }

    @Test
    @DisplayName("is no reason not to start")
    void atTheStart() {
        cluster.servePartly();
        cluster.killReplicaOf(master);
        master.kill();
        try (RedisConversationStore store = connect()) {
            assertThat(eventually(() -> isStored(store, other, "m"))).isTrue();
            assertThat(store.checkHealth().status()).isEqualTo(StoreHealth.Status.LIVE);
            assertThatThrownBy(() -> save(store, ALEX, "lost")).isInstanceOf(StoreUnavailable.class);

            master.restart();
            assertThat(eventually(() -> isStored(store, ALEX, "m"))).isTrue();
        }
    }

    @Test
    @DisplayName(
            "takes the whole cluster with it if it is set so, as by default: that is unavailable, though it answers")
    void wholeClusterDown() {
        RedisServer otherMaster = cluster.masterOf(ConversationKey.of(other));
        cluster.killReplicaOf(master);
        try (RedisConversationStore store = connect()) {
            save(store, ALEX, "m");
            master.kill();
            assertThat(eventually(() -> store.checkHealth().status() == StoreHealth.Status.UNAVAILABLE))
                    .isTrue();
            assertThatThrownBy(() -> save(store, other, "lost")).isInstanceOf(StoreUnavailable.class);
            assertThat(store.checkHealth().status()).isEqualTo(StoreHealth.Status.UNAVAILABLE);
        }
        try (RedisConversationStore store = connect()) {
            assertThat(eventually(
                            () -> store.checkHealth().detail().endsWith("a part of the Redis cluster is missing")))
                    .isTrue();

            // That one of the others refuses, too, is to be mended, but does not bring the cluster back.
            otherMaster.call("ACL", "SETUSER", "default", "-@all", "+acl");
            assertThat(store.checkHealth().status()).isEqualTo(StoreHealth.Status.UNAVAILABLE);
        }
    }
}
