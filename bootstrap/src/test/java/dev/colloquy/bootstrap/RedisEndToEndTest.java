package dev.colloquy.bootstrap;

import static org.assertj.core.api.Assertions.assertThat;

import dev.colloquy.adapter.redis.testing.RedisServer;
import java.util.Map;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;

@DisplayName("End to end in Redis")
class RedisEndToEndTest extends EndToEndContract {

    private static RedisServer redis;

    @BeforeAll
    static void startRedis() {
        redis = RedisServer.start();
    }

    @AfterAll
    static void stopRedis() {
        redis.close();
    }

    @Override
    Map<String, String> environment() {
        // Patient, as on a busy machine what takes longer than usual is accepted, or answered from memory: rightly, but
        // not what is tested here.
        return Map.of(
                "REDIS_URL", redis.url(), "COLLOQUY_REDIS_ATTEMPT_TIMEOUT", "5s", "COLLOQUY_REDIS_DEADLINE", "15s");
    }

    @Test
    @DisplayName("a conversation goes on where it was after the service was started again")
    void resumes() {
        client().save("onboarding", "lee", "agent", "What's your name?");
        restart();
        client().save("onboarding", "lee", "user", "Lee");

        assertThat(contents(client().messages("onboarding", "lee"))).containsExactly("What's your name?", "Lee");
    }

    @Test
    @DisplayName("any Redis client can read it: a list of JSON objects under the documented key, kept for 7 days")
    void layout() {
        client().save("onboarding", "max", "user", "Max");

        assertThat(redis.call("TYPE", "onboarding:max:conversation")).isEqualTo("list");
        assertThat(redis.call("TTL", "onboarding:max:conversation")).isEqualTo(604_800L);
        assertThat(String.valueOf(redis.call("LINDEX", "onboarding:max:conversation", "0")))
                .contains("\"role\":\"user\"", "\"content\":\"Max\"");
    }
}
