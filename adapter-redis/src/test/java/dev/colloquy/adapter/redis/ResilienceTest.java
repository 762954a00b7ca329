package dev.colloquy.adapter.redis;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.colloquy.domain.error.ColloquyException;
import dev.colloquy.domain.error.StoreAccessRefused;
import dev.colloquy.domain.error.StoreLimitReached;
import dev.colloquy.domain.error.StoreUnavailable;
import java.time.Duration;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.List;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

@DisplayName("A call that fails")
class ResilienceTest {

    private static final RedisSettings.Patience PATIENCE = new RedisSettings.Patience(
            Duration.ofSeconds(1),
            Duration.ofSeconds(1),
            Duration.ofSeconds(20),
            3,
            Duration.ofMillis(10),
            5,
            Duration.ofMinutes(1));

    private final List<RedisListener.Event> events = new ArrayList<>();
    private final Resilience resilience = new Resilience(PATIENCE, events::add);
    private final Deque<ColloquyException> failures = new ArrayDeque<>();
    private final List<Boolean> firsts = new ArrayList<>();

    private String call() {
        return resilience.call(attempt -> {
            firsts.add(attempt.isFirst());
            ColloquyException failure = failures.poll();
            if (failure != null) {
                throw failure;
            }
            return "done";
        });
    }

    @Test
    @DisplayName("says of its first attempt only that it is the first")
    void firstAttempt() {
        failures.addAll(List.of(unavailable(), unavailable()));
        call();
        call();

        assertThat(firsts).containsExactly(true, false, false, true);
    }

    private static ColloquyException unavailable() {
        return new StoreUnavailable("no answer", null);
    }

    @Test
    @DisplayName("is made again, three times at most")
    void threeRetries() {
        failures.addAll(List.of(unavailable(), unavailable(), unavailable()));
        assertThat(call()).isEqualTo("done");

        failures.addAll(List.of(unavailable(), unavailable(), unavailable(), unavailable()));
        assertThatThrownBy(this::call).isInstanceOf(StoreUnavailable.class);
        assertThat(events).filteredOn(RedisListener.Event.RETRIED::equals).hasSize(6);
        assertThat(events).last().isEqualTo(RedisListener.Event.GAVE_UP);
    }

    @Test
    @DisplayName("is not made again if the reason will not pass")
    void refused() {
        failures.add(new StoreAccessRefused("wrong password", null));

        assertThatThrownBy(this::call).isInstanceOf(StoreAccessRefused.class);
        assertThat(events).isEmpty();
    }

    @ParameterizedTest
    @ValueSource(booleans = {true, false})
    @DisplayName("has an unknown outcome if one attempt had no answer and the next was refused")
    void refusedAfterNoAnswer(boolean limit) {
        failures.add(unavailable());
        failures.add(limit ? new StoreLimitReached("no memory", null) : new StoreAccessRefused("no password", null));

        assertThatThrownBy(this::call)
                .isInstanceOf(StoreUnavailable.class)
                .hasMessageContaining(limit ? "no memory" : "no password");
    }

    @Test
    @DisplayName("opens the breaker when there was nothing but failures, and then nothing is asked")
    void breaker() {
        failures.addAll(List.of(unavailable(), unavailable(), unavailable(), unavailable(), unavailable()));
        assertThatThrownBy(this::call).isInstanceOf(StoreUnavailable.class);
        assertThatThrownBy(this::call).isInstanceOf(StoreUnavailable.class);
        assertThat(events).contains(RedisListener.Event.BREAKER_OPENED);

        assertThatThrownBy(this::call).isInstanceOf(StoreUnavailable.class);
        assertThat(events).last().isEqualTo(RedisListener.Event.REFUSED);
        assertThat(failures).isEmpty();
    }
}
