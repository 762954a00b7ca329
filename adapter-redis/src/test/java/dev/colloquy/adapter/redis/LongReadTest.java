package dev.colloquy.adapter.redis;

import static dev.colloquy.adapter.redis.Conversations.ids;
import static org.assertj.core.api.Assertions.assertThat;

import dev.colloquy.adapter.redis.testing.FaultyProxy;
import dev.colloquy.adapter.redis.testing.RedisServer;
import dev.colloquy.domain.conversation.ConversationId;
import java.time.Duration;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;

@DisplayName("A conversation that takes seconds to be read")
class LongReadTest {

    private static final ConversationId ALEX = ConversationId.of("onboarding", "alex");
    private static final String MEGABYTE = "{\"role\":\"user\",\"content\":\"" + "x".repeat(1_000_000) + "\"}";
    private static final Duration ENOUGH = Duration.ofSeconds(10);

    @Test
    @DisplayName("is read if an attempt may take so long: its connection is not taken for dead meanwhile")
    void inTime() {
        try (RedisServer server = RedisServer.start();
                FaultyProxy proxy = FaultyProxy.before(server.port());
                RedisConversationStore store = RedisConversationStore.connect(
                        RedisHarness.patient(RedisSettings.of(proxy.url()), ENOUGH, ENOUGH))) {
            for (int i = 0; i < 5; i++) {
                server.call("RPUSH", ConversationKey.of(ALEX), MEGABYTE);
            }
            proxy.limitReplies(2_000_000);

            assertThat(ids(store, ALEX)).hasSize(5);
        }
    }
}
