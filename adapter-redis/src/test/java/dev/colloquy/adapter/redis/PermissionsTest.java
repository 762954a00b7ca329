package dev.colloquy.adapter.redis;

import static dev.colloquy.adapter.redis.Conversations.ids;
import static dev.colloquy.adapter.redis.Conversations.message;
import static dev.colloquy.adapter.redis.Conversations.save;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.colloquy.adapter.redis.testing.RawRedis;
import dev.colloquy.adapter.redis.testing.RedisServer;
import dev.colloquy.domain.conversation.Append;
import dev.colloquy.domain.conversation.ClearReceipt;
import dev.colloquy.domain.conversation.ConversationId;
import dev.colloquy.domain.conversation.MessageRange;
import dev.colloquy.domain.conversation.PageRequest;
import dev.colloquy.domain.error.StoreAccessRefused;
import dev.colloquy.domain.port.out.StoreHealth;
import dev.colloquy.domain.retention.Retention;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Arrays;
import java.util.List;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;

/** The rules are those of the operator's guide. */
@DisplayName("A user of Redis with the permissions that the operator's guide names")
class PermissionsTest {

    private static final Path GUIDE = Path.of("..", "docs", "operating.md");
    private static final ConversationId ALEX = ConversationId.of("onboarding", "alex");
    private static final String KEY = "onboarding:alex:conversation";

    private static List<String> rules;
    private static RedisServer server;
    private static RawRedis redis;

    @BeforeAll
    static void start() throws IOException {
        String line = Files.readAllLines(GUIDE).stream()
                .map(String::strip)
                .filter(text -> text.startsWith("ACL SETUSER colloquy "))
                .findFirst()
                .orElseThrow();
        rules = List.of(line.split(" ")).subList(5, line.split(" ").length);
        server = RedisServer.start();
        redis = server.connect();
    }

    @AfterAll
    static void stop() {
        redis.close();
        server.close();
    }

    @BeforeEach
    void empty() {
        redis.call("FLUSHALL");
    }

    private static RedisConversationStore connect(String user, List<String> permissions) {
        String[] begin = {"ACL", "SETUSER", user, "reset", "on", ">secret"};
        redis.call(Stream.concat(Arrays.stream(begin), permissions.stream()).toArray(String[]::new));
        return RedisConversationStore.connect(RedisHarness.patient(RedisSettings.of(server.url(user, "secret"))));
    }

    @Test
    @DisplayName("may do all that a store does")
    void isEnough() {
        try (RedisConversationStore store = connect("colloquy", rules)) {
            save(store, ALEX, "a", "b");
            assertThat(save(store, ALEX, "b").replay()).isTrue();
            for (Retention.From from : Retention.From.values()) {
                Retention capped = new Retention(from, Duration.ofDays(1), 3);
                IntStream.range(0, 5).forEach(i -> store.append(ALEX, Append.of(capped, message(from + "-" + i))));
                assertThat(store.read(ALEX, MessageRange.last(2), capped).messages())
                        .hasSize(2);
                assertThat(store.read(ALEX, MessageRange.after(0, 10), capped).messages())
                        .hasSize(3);
            }
            assertThat(store.list(ALEX.agent(), new PageRequest(null, 10)).conversations())
                    .hasSize(1);
            assertThat(store.checkHealth().status()).isEqualTo(StoreHealth.Status.LIVE);
            assertThat(store.clear(ALEX)).isEqualTo(ClearReceipt.CLEARED);

            redis.call("SETEX", KEY, "1000", "[{\"role\":\"user\",\"content\":\"old\"}]");
            save(store, ALEX, "c");
            assertThat(ids(store, ALEX)).hasSize(2).endsWith("c");
        }
    }

    @Test
    @DisplayName("may not save with less, which readiness does not notice")
    void isNeeded() {
        List<String> less = rules.stream().filter(rule -> !rule.equals("+time")).toList();
        try (RedisConversationStore store = connect("timeless", less)) {
            assertThatThrownBy(() -> save(store, ALEX, "a")).isInstanceOf(StoreAccessRefused.class);
            assertThat(store.checkHealth().status()).isEqualTo(StoreHealth.Status.LIVE);
        }
    }
}
