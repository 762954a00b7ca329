package dev.colloquy.adapter.redis;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.util.concurrent.atomic.AtomicLong;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;

@DisplayName("What is known of the server's clock")
class ServerClockTest {

    private static final long NOON = 1_790_000_000_000L;

    private final AtomicLong nanos = new AtomicLong();
    private final ServerClock clock = new ServerClock(nanos::get);

    private static long millis(long millis) {
        return Duration.ofMillis(millis).toNanos();
    }

    @Test
    @DisplayName("is nothing before an answer")
    void unknown() {
        assertThat(clock.at(millis(5))).isEqualTo(ServerClock.UNKNOWN);
    }

    @Test
    @DisplayName("is a lower bound: neither a part of a millisecond nor the way of the answer is added")
    void lowerBound() {
        nanos.set(millis(100) + 1);
        clock.learn(NOON);

        assertThat(clock.at(millis(101))).isEqualTo(NOON);
        assertThat(clock.at(millis(600) + 999_999)).isEqualTo(NOON + 499);
    }

    @Test
    @DisplayName("gets better with an answer that was faster, not worse with a slower one")
    void bestOfAll() {
        clock.learn(NOON);
        nanos.set(millis(1000));
        clock.learn(NOON + 900);
        assertThat(clock.at(millis(2000))).isEqualTo(NOON + 2000);

        clock.learn(NOON + 1003);
        assertThat(clock.at(millis(2000))).isEqualTo(NOON + 2003);
    }

    @Test
    @DisplayName("follows a clock that was set back, within ten seconds")
    void setBack() {
        clock.learn(NOON);
        nanos.set(millis(10_001));
        clock.learn(NOON - 60_000);

        assertThat(clock.at(millis(10_001))).isEqualTo(NOON - 60_000);
    }
}
