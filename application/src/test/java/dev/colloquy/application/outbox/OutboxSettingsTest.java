package dev.colloquy.application.outbox;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.colloquy.domain.error.InvalidValue;
import java.time.Duration;
import java.util.Map;
import org.assertj.core.api.ThrowableAssert.ThrowingCallable;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;

@DisplayName("Settings of the outbox")
class OutboxSettingsTest {

    private static final OutboxSettings SETTINGS = OutboxSettings.DEFAULT;

    @Test
    @DisplayName("are the usual ones for a heap of 512 MiB or more, and in proportion less for a smaller one")
    void forHeap() {
        assertThat(OutboxSettings.forHeap(512L << 20)).isEqualTo(SETTINGS);
        assertThat(OutboxSettings.forHeap(Long.MAX_VALUE)).isEqualTo(SETTINGS);
        assertThat(OutboxSettings.forHeap(128L << 20))
                .isEqualTo(SETTINGS.holding(25_000, 16L << 20).remembering(16L << 20));
        assertThat(OutboxSettings.forHeap(1)).isEqualTo(SETTINGS.holding(1, 1).remembering(0));
    }

    @Test
    @DisplayName("may be at their limits")
    void atTheLimits() {
        OutboxSettings least = SETTINGS.holding(1, 1)
                .remembering(0)
                .probingEvery(Duration.ofMillis(1))
                .patientFor(Duration.ZERO);

        assertThat(least).isEqualTo(new OutboxSettings(1, 1, 0, Duration.ofMillis(1), Duration.ZERO));
        assertThat(least.probingEvery(Duration.ofMinutes(1)).probeInterval()).isEqualTo(Duration.ofMinutes(1));
    }

    @Test
    @DisplayName("are refused beyond them, by name")
    void beyondTheLimits() {
        Map.<String, ThrowingCallable>of(
                        "outboxMaxMessages", () -> SETTINGS.holding(0, 1),
                        "outboxMaxBytes", () -> SETTINGS.holding(1, 0),
                        "recentBytes", () -> SETTINGS.remembering(-1),
                        "probeInterval", () -> SETTINGS.probingEvery(Duration.ofNanos(999_999)),
                        "patience", () -> SETTINGS.patientFor(Duration.ofNanos(-1)))
                .forEach((field, building) -> assertThatThrownBy(building)
                        .isInstanceOfSatisfying(
                                InvalidValue.class,
                                error -> assertThat(error.field()).isEqualTo(field)));
        assertThatThrownBy(() -> SETTINGS.probingEvery(Duration.ofMinutes(1).plusNanos(1)))
                .hasMessageContaining("1 millisecond to 1 minute");
    }
}
