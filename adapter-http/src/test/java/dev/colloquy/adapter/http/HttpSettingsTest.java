package dev.colloquy.adapter.http;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.colloquy.domain.error.InvalidValue;
import java.time.Duration;
import org.assertj.core.api.ThrowableAssert.ThrowingCallable;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;

@DisplayName("Settings of the server")
class HttpSettingsTest {

    private static final HttpSettings SETTINGS = HttpSettings.DEFAULT;
    private static final HttpLimits LIMITS = HttpLimits.DEFAULT;
    private static final Duration MILLISECOND = Duration.ofMillis(1);
    private static final Duration LESS = Duration.ofNanos(999_999);

    @Test
    @DisplayName("may be at their limits")
    void atTheLimits() {
        assertThat(SETTINGS.withPort(0).port()).isZero();
        assertThat(SETTINGS.withPort(65_535).port()).isEqualTo(65_535);
        assertThat(SETTINGS.withMaxBodyBytes(1).maxBodyBytes()).isEqualTo(1);
        assertThat(SETTINGS.withMaxBodyBytes(1 << 30).maxBodyBytes()).isEqualTo(1 << 30);
        assertThat(SETTINGS.withReadTimeout(MILLISECOND).readTimeout()).isEqualTo(MILLISECOND);
        assertThat(SETTINGS.withStopGrace(MILLISECOND).stopGrace()).isEqualTo(MILLISECOND);
        assertThat(LIMITS.withRequestsPerSecond(0).requestsPerSecond()).isZero();
        assertThat(LIMITS.withConcurrentRequests(1).concurrentRequests()).isEqualTo(1);
        assertThat(LIMITS.withConnections(1).connections()).isEqualTo(1);
        assertThat(LIMITS.withRequestTimeout(MILLISECOND).requestTimeout()).isEqualTo(MILLISECOND);
    }

    @Test
    @DisplayName("are refused beyond them, by name")
    void beyondTheLimits() {
        assertRefused("host", () -> SETTINGS.withHost(" "));
        assertRefused("port", () -> SETTINGS.withPort(-1));
        assertRefused("port", () -> SETTINGS.withPort(65_536));
        assertRefused("maxBodyBytes", () -> SETTINGS.withMaxBodyBytes(0));
        assertRefused("maxBodyBytes", () -> SETTINGS.withMaxBodyBytes((1 << 30) + 1));
        assertRefused("readTimeout", () -> SETTINGS.withReadTimeout(LESS));
        assertRefused("stopGrace", () -> SETTINGS.withStopGrace(LESS));
        assertRefused("requestsPerSecond", () -> LIMITS.withRequestsPerSecond(-1));
        assertRefused("concurrentRequests", () -> LIMITS.withConcurrentRequests(0));
        assertRefused("connections", () -> LIMITS.withConnections(0));
        assertRefused("connections", () -> LIMITS.withConnections(Integer.MAX_VALUE));
        assertRefused("requestTimeout", () -> LIMITS.withRequestTimeout(LESS));
    }

    private static void assertRefused(String field, ThrowingCallable building) {
        assertThatThrownBy(building)
                .isInstanceOfSatisfying(
                        InvalidValue.class, error -> assertThat(error.field()).isEqualTo(field));
    }
}
