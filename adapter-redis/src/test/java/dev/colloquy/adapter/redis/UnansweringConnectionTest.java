package dev.colloquy.adapter.redis;

import static dev.colloquy.adapter.redis.Conversations.ids;
import static dev.colloquy.adapter.redis.Conversations.save;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.colloquy.adapter.redis.testing.Fault;
import dev.colloquy.adapter.redis.testing.FaultyProxy;
import dev.colloquy.adapter.redis.testing.RedisServer;
import dev.colloquy.domain.conversation.ConversationId;
import dev.colloquy.domain.conversation.PageRequest;
import dev.colloquy.domain.error.StoreUnavailable;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.redisson.Redisson;
import org.redisson.api.RedissonClient;
import org.redisson.config.Config;

@DisplayName("A connection on which no answer comes, while Redis is there,")
class UnansweringConnectionTest {

    private static final ConversationId ALEX = ConversationId.of("onboarding", "alex");

    private RedisServer server;
    private FaultyProxy proxy;

    @BeforeEach
    void start() {
        server = RedisServer.start();
        proxy = FaultyProxy.before(server.port());
    }

    @AfterEach
    void stop() {
        proxy.close();
        server.close();
    }

    /** With attempts so short that the client's own pings find out about the connection only after both of them. */
    private static RedisSettings.Patience patience(int retries) {
        return patience(Duration.ofMillis(400), retries);
    }

    private static RedisSettings.Patience patience(Duration attempt, int retries) {
        return new RedisSettings.Patience(
                Duration.ofMillis(600),
                attempt,
                Duration.ofSeconds(10),
                retries,
                Duration.ofMillis(150),
                1000,
                Duration.ofSeconds(1));
    }

    /** A store whose calls are tried twice. */
    private RedisConversationStore connect() {
        return RedisConversationStore.connect(RedisSettings.of(proxy.url()).withPatience(patience(1)));
    }

    @Test
    @DisplayName("is given up with the first attempt, and the next one has another")
    void nextAttempt() {
        try (RedisConversationStore store = connect()) {
            save(store, ALEX, "first");
            proxy.holdNextRequest("content of second");

            assertThat(save(store, ALEX, "second").lastSequence()).isEqualTo(2);
            assertThat(ids(store, ALEX)).containsExactly("first", "second");
        }
    }

    @Test
    @DisplayName("is given up although a ping of the client, which waits for longer, is due before the answer")
    void behindPing() throws InterruptedException {
        // So that the server and this JVM know what to do.
        try (RedisConversationStore patient =
                RedisConversationStore.connect(RedisHarness.patient(RedisSettings.of(server.url())))) {
            save(patient, ALEX, "first");
        }
        RedisSettings settings = RedisSettings.of(proxy.url()).withConnections(1);
        try (RedisConversationStore store =
                RedisConversationStore.connect(settings.withPatience(patience(Duration.ofMillis(250), 1)))) {
            save(store, ALEX, "second");
            Fault held = proxy.holdNextRequest("PING");
            assertThat(held.awaitStruck(Duration.ofSeconds(20))).isTrue();

            assertThat(save(store, ALEX, "third").lastSequence()).isEqualTo(3);
        }
    }

    @Test
    @DisplayName("is given up in its TLS handshake, too")
    void handshake() {
        try (RedisServer secure = RedisServer.builder().tls().start();
                FaultyProxy before = FaultyProxy.before(secure.port());
                RedisConversationStore store =
                        RedisConversationStore.connect(RedisSettings.of("rediss://127.0.0.1:" + before.port())
                                .withTrustStore(RedisServer.trustStore(), RedisServer.trustStorePassword())
                                .withConnections(1)
                                .withPatience(patience(3)))) {
            save(store, ALEX, "first");
            before.holdNextRequest("");
            before.holdNextRequest("");

            assertThat(save(store, ALEX, "second").lastSequence()).isEqualTo(2);
        }
    }

    @Test
    @DisplayName("is given up by a listing, too")
    void listing() {
        try (RedisConversationStore store = connect()) {
            save(store, ALEX, "first");
            proxy.holdNextRequest("SCAN");

            assertThat(store.list(ALEX.agent(), PageRequest.first(10)).conversations())
                    .containsExactly(ALEX);
        }
    }

    @Test
    @Timeout(20)
    @DisplayName("is closed")
    void closed() throws InterruptedException {
        try (RedisConversationStore store = connect()) {
            save(store, ALEX, "first");
            List<String> before = server.clients();
            Fault swallowed = proxy.swallowNextReply("content of second");

            assertThat(save(store, ALEX, "second").lastSequence()).isEqualTo(2);
            assertThat(swallowed.awaitStruck(Duration.ZERO)).isTrue();
            while (server.clients().containsAll(before)) {
                TimeUnit.MILLISECONDS.sleep(5);
            }
        }
    }

    @Test
    @Timeout(20)
    @DisplayName("does not come back beside the one in its place")
    void replaced() throws InterruptedException {
        RedisSettings settings = RedisSettings.of(proxy.url()).withConnections(1);
        try (RedisConversationStore store = RedisConversationStore.connect(settings.withPatience(patience(0)))) {
            save(store, ALEX, "first");
            List<String> before = server.clients();
            proxy.swallowNextReply("content of second");
            assertThatThrownBy(() -> save(store, ALEX, "second")).isInstanceOf(StoreUnavailable.class);
            while (server.clients().containsAll(before)) {
                TimeUnit.MILLISECONDS.sleep(5);
            }
            save(store, ALEX, "third");
            // As long as the client takes to connect anew.
            proxy.delayReplies(Duration.ofMillis(200));
            save(store, ALEX, "fourth");

            assertThat(server.clients()).hasSize(1);
        }
    }

    @Test
    @DisplayName("stays if the client is somebody else's, who may have sent something on it, too")
    void givenClient() {
        Config config = new Config();
        config.useSingleServer()
                .setAddress(proxy.url())
                .setConnectionMinimumIdleSize(1)
                .setConnectionPoolSize(1)
                .setSubscriptionConnectionMinimumIdleSize(0);
        RedissonClient redisson = Redisson.create(config);
        try (RedisConversationStore store = RedisConversationStore.over(redisson, patience(1), RedisListener.none())) {
            save(store, ALEX, "first");
            List<String> before = server.clients();
            proxy.swallowNextReply("content of second");

            assertThatThrownBy(() -> save(store, ALEX, "second")).isInstanceOf(StoreUnavailable.class);
            assertThat(server.clients()).isEqualTo(before);
        } finally {
            redisson.shutdown();
        }
    }
}
