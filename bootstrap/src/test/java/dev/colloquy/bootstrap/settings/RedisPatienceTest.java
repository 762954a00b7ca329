package dev.colloquy.bootstrap.settings;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.colloquy.adapter.redis.RedisSettings.Patience;
import dev.colloquy.domain.error.InvalidSettings;
import java.time.Duration;
import java.util.HashMap;
import java.util.Map;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

@DisplayName("The figures of retry and circuit breaker")
class RedisPatienceTest {

    private static Patience patience(Map<String, String> more) {
        Map<String, String> environment = new HashMap<>(more);
        environment.put("REDIS_URL", "redis://127.0.0.1");
        return Settings.from(environment).redis().orElseThrow().patience();
    }

    @Test
    @DisplayName("are those of the adapter if nothing is set")
    void defaults() {
        assertThat(patience(Map.of())).isEqualTo(Patience.DEFAULT);
    }

    @Test
    @DisplayName("are all settings")
    void all() {
        assertThat(patience(Map.of(
                        "COLLOQUY_REDIS_CONNECT_TIMEOUT", "2s",
                        "COLLOQUY_REDIS_ATTEMPT_TIMEOUT", "300ms",
                        "COLLOQUY_REDIS_DEADLINE", "3s",
                        "COLLOQUY_REDIS_RETRIES", "1",
                        "COLLOQUY_REDIS_BACKOFF", "20ms",
                        "COLLOQUY_REDIS_BREAKER_FAILURES", "7",
                        "COLLOQUY_REDIS_BREAKER_PAUSE", "4s")))
                .isEqualTo(new Patience(
                        Duration.ofSeconds(2),
                        Duration.ofMillis(300),
                        Duration.ofSeconds(3),
                        1,
                        Duration.ofMillis(20),
                        7,
                        Duration.ofSeconds(4)));
    }

    @Test
    @DisplayName("let an attempt take longer than all of them take unless told otherwise")
    void longAttempt() {
        Patience patience = patience(Map.of("COLLOQUY_REDIS_ATTEMPT_TIMEOUT", "3s"));

        assertThat(patience.attempt()).isEqualTo(patience.deadline()).isEqualTo(Duration.ofSeconds(3));
    }

    @Test
    @DisplayName("are refused with their value when all attempts are told to take less than one")
    void lessThanOneAttempt() {
        assertThatThrownBy(() ->
                        patience(Map.of("COLLOQUY_REDIS_ATTEMPT_TIMEOUT", "300ms", "COLLOQUY_REDIS_DEADLINE", "299ms")))
                .hasMessage("""
                        1 setting is wrong:
                          COLLOQUY_REDIS_DEADLINE is "299ms" in the environment; allowed: a whole number and ms, s or m, \
                        from 10ms to 1m, and not less than COLLOQUY_REDIS_ATTEMPT_TIMEOUT""");
    }

    @Test
    @DisplayName("are refused once when they cannot be read, however long an attempt may take")
    void malformed() {
        assertThatThrownBy(() ->
                        patience(Map.of("COLLOQUY_REDIS_ATTEMPT_TIMEOUT", "3s", "COLLOQUY_REDIS_DEADLINE", "soon")))
                .hasMessageStartingWith("1 setting is wrong:");
    }

    @ParameterizedTest
    @CsvSource({
        "COLLOQUY_REDIS_CONNECT_TIMEOUT, 2",
        "COLLOQUY_REDIS_BACKOFF, 1ms",
        "COLLOQUY_REDIS_BREAKER_FAILURES, 0",
        "COLLOQUY_REDIS_BREAKER_PAUSE, 2m"
    })
    @DisplayName("are refused by name when they are out of range")
    void refused(String setting, String value) {
        assertThatThrownBy(() -> patience(Map.of(setting, value)))
                .isInstanceOf(InvalidSettings.class)
                .hasMessageContaining(setting);
    }
}
