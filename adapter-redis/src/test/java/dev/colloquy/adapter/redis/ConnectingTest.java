package dev.colloquy.adapter.redis;

import static dev.colloquy.adapter.redis.Conversations.ids;
import static dev.colloquy.adapter.redis.Conversations.save;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.colloquy.adapter.redis.testing.RawRedis;
import dev.colloquy.adapter.redis.testing.RedisCluster;
import dev.colloquy.adapter.redis.testing.RedisSentinels;
import dev.colloquy.adapter.redis.testing.RedisServer;
import dev.colloquy.domain.conversation.AgentId;
import dev.colloquy.domain.conversation.ConversationId;
import dev.colloquy.domain.conversation.PageRequest;
import dev.colloquy.domain.conversation.Receipt;
import dev.colloquy.domain.error.InvalidValue;
import dev.colloquy.domain.error.StoreAccessRefused;
import dev.colloquy.domain.error.StoreFailure;
import dev.colloquy.domain.error.StoreLimitReached;
import dev.colloquy.domain.error.StoreUnavailable;
import dev.colloquy.domain.port.out.StoreHealth;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.Base64;
import java.util.List;
import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.function.Supplier;
import org.assertj.core.api.ThrowableAssert.ThrowingCallable;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

@DisplayName("Connecting")
class ConnectingTest {

    private static final ConversationId ALEX = ConversationId.of("onboarding", "alex");
    private static final Duration RECOVERY = Duration.ofSeconds(30);

    /** Repeats until Redis is there for the store again. */
    private static Receipt.Stored eventually(Supplier<Receipt.Stored> save) {
        long deadline = System.nanoTime() + RECOVERY.toNanos();
        while (true) {
            try {
                return save.get();
            } catch (StoreUnavailable away) {
                if (System.nanoTime() > deadline) {
                    throw away;
                }
            }
        }
    }

    @Test
    @DisplayName("may come later: the store starts without Redis, says so, and works as soon as it is there")
    void laterRedis() {
        RedisServer server = RedisServer.start();
        server.kill();
        try (server;
                RedisConversationStore store = RedisConversationStore.connect(RedisSettings.of(server.url()))) {
            assertThatThrownBy(() -> save(store, ALEX, "m")).isInstanceOf(StoreUnavailable.class);
            assertThat(store.checkHealth().status()).isEqualTo(StoreHealth.Status.UNAVAILABLE);

            server.restart();

            assertThat(eventually(() -> save(store, ALEX, "m")).lastSequence()).isEqualTo(1);
            assertThat(ids(store, ALEX)).containsExactly("m");
        }
    }

    @Test
    @DisplayName("is not what a wrong cursor is about: it is refused at once, also one that only looks like ours")
    void forgedCursor() {
        byte[] cursor = "v2 0 0 0 99999999999999999999".getBytes(StandardCharsets.UTF_8);
        String forged = Base64.getUrlEncoder().withoutPadding().encodeToString(cursor);
        RedisSettings settings = RedisSettings.of("redis://127.0.0.1:1");
        try (RedisConversationStore store = RedisConversationStore.connect(settings)) {
            PageRequest page = PageRequest.first(10).after(forged);
            assertThatThrownBy(() -> store.list(new AgentId("onboarding"), page))
                    .isInstanceOf(InvalidValue.class);
        }
    }

    @Test
    @DisplayName("logs in as a user who needs no password, not as the default user")
    void userWithoutPassword() {
        try (RedisServer server = RedisServer.builder().password("right").start();
                RawRedis admin = server.connect()) {
            admin.call("ACL", "SETUSER", "open", "on", "nopass", "~*", "+@all");
            RedisSettings settings = RedisSettings.of(server.url("open", ""));
            try (RedisConversationStore store = RedisConversationStore.connect(RedisHarness.patient(settings))) {
                assertThat(save(store, ALEX, "m").lastSequence()).isEqualTo(1);
            }
        }
    }

    @Test
    @DisplayName("ends: a closed store says so at once, and throws nothing else")
    void closed() {
        try (RedisServer server = RedisServer.start()) {
            Queue<RedisListener.Event> events = new ConcurrentLinkedQueue<>();
            RedisConversationStore store =
                    RedisConversationStore.connect(RedisHarness.patient(RedisSettings.of(server.url())), events::add);
            save(store, ALEX, "m");

            store.close();

            assertThat(store.checkHealth().status()).isEqualTo(StoreHealth.Status.UNAVAILABLE);
            List<ThrowingCallable> calls = List.of(
                    () -> save(store, ALEX, "n"),
                    () -> ids(store, ALEX),
                    () -> store.clear(ALEX),
                    () -> store.list(new AgentId("onboarding"), PageRequest.first(10)));
            assertThat(calls)
                    .allSatisfy(call -> assertThatThrownBy(call)
                            .isInstanceOf(StoreUnavailable.class)
                            .hasMessage("the store is closed"));
            assertThat(events).as("made again").isEmpty();
        }
    }

    @Test
    @DisplayName("goes on after kill -9 and restart, with the data and without a duplicate")
    void restarted() {
        try (RedisServer server = RedisServer.builder().persistent().start();
                RedisConversationStore store =
                        RedisConversationStore.connect(RedisHarness.patient(RedisSettings.of(server.url())))) {
            save(store, ALEX, "a");
            server.kill();
            server.restart();

            assertThat(eventually(() -> save(store, ALEX, "b")).lastSequence()).isEqualTo(2);
            assertThat(ids(store, ALEX)).containsExactly("a", "b");
        }
    }

    @Test
    @DisplayName("follows the sentinels to the new master")
    void sentinels() {
        try (RedisSentinels group = RedisSentinels.start();
                RedisConversationStore store =
                        RedisConversationStore.connect(RedisHarness.patient(RedisSettings.of(group.url())))) {
            save(store, ALEX, "a");
            group.failOver();

            assertThat(eventually(() -> save(store, ALEX, "b")).replay()).isIn(true, false);
            assertThat(ids(store, ALEX)).contains("b").doesNotHaveDuplicates();
        }
    }

    @Nested
    @DisplayName("is refused, without a retry and with what to do about it,")
    class Refused {

        private StoreFailure refusal(RedisSettings settings) {
            try (RedisConversationStore store = RedisConversationStore.connect(RedisHarness.patient(settings))) {
                try {
                    save(store, ALEX, "m");
                } catch (StoreFailure failure) {
                    assertThat(store.checkHealth().detail()).doesNotContain("s3cret");
                    return failure;
                }
                throw new AssertionError("not refused");
            }
        }

        @Test
        @DisplayName("with a wrong password, or none")
        void password() {
            try (RedisServer server = RedisServer.builder().password("right").start()) {
                assertThat(refusal(RedisSettings.of("redis://:s3cret@127.0.0.1:" + server.port())))
                        .isInstanceOf(StoreAccessRefused.class)
                        .hasMessageContaining("password")
                        .hasMessageNotContaining("s3cret");
                assertThat(refusal(RedisSettings.of("redis://127.0.0.1:" + server.port())))
                        .isInstanceOf(StoreAccessRefused.class);
                try (RedisConversationStore store = RedisConversationStore.connect(
                        RedisHarness.patient(RedisSettings.of("redis://127.0.0.1:" + server.port())))) {
                    assertThat(store.checkHealth().status()).isEqualTo(StoreHealth.Status.REFUSED);
                }
            }
        }

        @Test
        @DisplayName("with a certificate that is not trusted")
        void certificate() {
            try (RedisServer server = RedisServer.builder().tls().start()) {
                assertThat(refusal(RedisSettings.of(server.url())))
                        .isInstanceOf(StoreAccessRefused.class)
                        .hasMessageContaining("trusts the server's certificate");
            }
        }

        @Test
        @DisplayName("as a user who may not run the commands")
        void permission() {
            try (RedisServer server = RedisServer.builder()
                    .user("agent", "s3cret", "~* +@all -rpush")
                    .start()) {
                assertThat(refusal(RedisSettings.of(server.url("agent", "s3cret"))))
                        .isInstanceOf(StoreAccessRefused.class)
                        .hasMessageContaining("ACL");
            }
        }

        @Test
        @DisplayName("with a database that the server does not have")
        void database() {
            try (RedisServer server = RedisServer.start()) {
                assertThat(refusal(RedisSettings.of(server.url() + "/77")))
                        .isInstanceOf(StoreAccessRefused.class)
                        .hasMessageContaining("database")
                        .hasMessageContaining("REDIS_URL");
            }
        }

        @ParameterizedTest
        @ValueSource(strings = {"redis+cluster://127.0.0.1:PORT", "redis+sentinel://127.0.0.1:PORT/master"})
        @DisplayName("as a cluster or as sentinels, by a server that is neither")
        void singleServer(String url) {
            try (RedisServer server = RedisServer.start()) {
                assertThat(refusal(RedisSettings.of(url.replace("PORT", "" + server.port()))))
                        .isInstanceOf(StoreAccessRefused.class)
                        .hasMessageContaining("REDIS_URL");
            }
        }

        @Test
        @DisplayName("with a name of a master that the sentinels do not know, and only until they know it")
        void nameOfMaster() {
            try (RedisSentinels group = RedisSentinels.start()) {
                RedisSettings settings = RedisSettings.of(group.url() + "x");
                try (RedisConversationStore store = RedisConversationStore.connect(RedisHarness.patient(settings))) {
                    assertThatThrownBy(() -> save(store, ALEX, "m"))
                            .isInstanceOf(StoreAccessRefused.class)
                            .hasMessageContaining("the sentinels know no master of the name")
                            .hasMessageContaining("REDIS_URL");
                    assertThat(store.checkHealth().status()).isEqualTo(StoreHealth.Status.REFUSED);

                    for (String sentinel : settings.url().addresses()) {
                        watch(sentinel, settings.url().master(), group.master().port());
                    }

                    assertThat(save(store, ALEX, "m").lastSequence()).isEqualTo(1);
                }
            }
        }

        private static void watch(String sentinel, @Nullable String name, int master) {
            int port = Integer.parseInt(sentinel.substring(sentinel.indexOf(':') + 1));
            try (RawRedis connection = RawRedis.connect(port)) {
                connection.call("SENTINEL", "MONITOR", String.valueOf(name), "127.0.0.1", "" + master, "2");
            }
        }

        @Test
        @DisplayName("as a single server, by a node of a cluster")
        void nodeOfCluster() {
            RedisCluster cluster = RedisCluster.shared();
            RedisServer other = cluster.masterOtherThan(cluster.masterOf(ConversationKey.of(ALEX)));
            assertThat(refusal(RedisSettings.of(other.url())))
                    .isInstanceOf(StoreAccessRefused.class)
                    .hasMessageContaining("redis+cluster://");
        }

        @Test
        @DisplayName("by a full server, which is not the same as an outage")
        void full() {
            try (RedisServer server =
                    RedisServer.builder().set("maxmemory", "1").start()) {
                assertThat(refusal(RedisSettings.of(server.url())))
                        .isInstanceOf(StoreLimitReached.class)
                        .hasMessageContaining("maxmemory");
            }
        }
    }
}
