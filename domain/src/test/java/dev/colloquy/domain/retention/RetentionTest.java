package dev.colloquy.domain.retention;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.colloquy.domain.error.InvalidValue;
import java.time.Duration;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.ValueSource;

@DisplayName("A retention")
class RetentionTest {

    @Test
    @DisplayName("is seven days since the last message unless told otherwise")
    void standard() {
        assertThat(Retention.DEFAULT.period().toSeconds()).isEqualTo(604_800);
        assertThat(Retention.DEFAULT.from()).isEqualTo(Retention.From.LAST_MESSAGE);
        assertThat(Retention.DEFAULT.maxMessages()).isEmpty();
    }

    @Test
    @DisplayName("refuses periods and caps out of range")
    void ranges() {
        assertThatThrownBy(() -> Retention.sinceLastMessage(Duration.ofMillis(999)))
                .isInstanceOf(InvalidValue.class)
                .hasMessageContaining("1 second to 3650 days");
        assertThatThrownBy(() -> Retention.sinceLastMessage(Duration.ofDays(3651)))
                .isInstanceOf(InvalidValue.class);
        assertThatThrownBy(() -> Retention.sinceLastMessage(Duration.ofSeconds(1, 1)))
                .hasMessageContaining("whole milliseconds");
        assertThatThrownBy(() -> Retention.DEFAULT.keepingAtMost(0)).hasMessageContaining("maxMessages");
    }

    @ParameterizedTest
    @ValueSource(longs = {1_000, 1_500, 3_650L * 24 * 60 * 60 * 1_000})
    @DisplayName("is of any number of milliseconds from one second to 3650 days")
    void accepted(long millis) {
        Duration period = Duration.ofMillis(millis);

        assertThat(Retention.sinceLastMessage(period).period()).isEqualTo(period);
    }

    @ParameterizedTest
    @EnumSource
    @DisplayName("counts from where it did when it gets a cap")
    void cappedCountsTheSame(Retention.From from) {
        Duration hour = Duration.ofHours(1);

        assertThat(new Retention(from, hour, null).keepingAtMost(3)).isEqualTo(new Retention(from, hour, 3));
    }
}
