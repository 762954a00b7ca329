package dev.colloquy.adapter.redis.json;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.time.DateTimeException;
import java.time.Instant;
import java.util.SplittableRandom;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

@DisplayName("The time of a stored message")
class StoredTimeTest {

    @Test
    @DisplayName("is read and written as the JDK does, to the nanosecond")
    void likeTheJdk() {
        SplittableRandom random = new SplittableRandom(7);
        long[] units = {1, 1_000, 1_000_000, 1_000_000_000};
        for (int i = 0; i < 10_000; i++) {
            long seconds = random.nextLong(
                    Instant.parse("-0001-01-01T00:00:00Z").getEpochSecond(),
                    Instant.parse("+10001-01-01T00:00:00Z").getEpochSecond());
            long unit = units[random.nextInt(units.length)];
            Instant instant = Instant.ofEpochSecond(seconds, random.nextLong(1_000_000_000) / unit * unit);
            assertThat(StoredTime.parse(instant.toString())).isEqualTo(instant);
            assertThat(written(instant)).isEqualTo(instant.toString());
        }
    }

    @Test
    @DisplayName("is written as the JDK does, be it of the second that was written before or of another")
    void sameSecond() {
        Instant second = Instant.parse("2026-11-23T23:59:59Z");
        for (long nanos : new long[] {0, 1, 10, 1_000, 20_000_000, 999_999_999, 1_000_000_000, 1_000_001_000, 5}) {
            Instant instant = second.plusNanos(nanos);
            assertThat(written(instant)).isEqualTo(instant.toString());
        }
    }

    private static String written(Instant instant) {
        StringBuilder text = new StringBuilder("at ");
        StoredTime.append(instant, text);
        return text.substring("at ".length());
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "2026-11-23T24:00:00Z",
                "2026-12-31T23:59:60Z",
                "2026-11-23T10:00:00.Z",
                "2026-11-23T10:00:00+02:00",
                "2026-11-23T10:00:00.5Z",
                "2026-11-23t10:00:00z",
                "0000-02-29T00:00:00Z"
            })
    @DisplayName("is read as the JDK reads it, in every other form that it knows")
    void unusual(String text) {
        assertThat(StoredTime.parse(text)).isEqualTo(Instant.parse(text));
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                "Z",
                "2026-13-01T00:00:00Z",
                "2026-02-30T00:00:00Z",
                "2026-11-23T25:00:00Z",
                "2026-11-23T10:60:00Z",
                "2026-11-23T10:00:00",
                "2026-11-23T10:00Z",
                "2026-11-23T10:00:00.1234567890Z",
                "2026-11-23 10:00:00Z"
            })
    @DisplayName("is refused where the JDK refuses it")
    void refused(String text) {
        assertThatThrownBy(() -> Instant.parse(text)).isInstanceOf(DateTimeException.class);
        assertThatThrownBy(() -> StoredTime.parse(text)).isInstanceOf(DateTimeException.class);
    }
}
