package dev.colloquy.bootstrap.settings;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import dev.colloquy.adapter.http.HttpLimits;
import dev.colloquy.domain.error.InvalidSettings;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

@DisplayName("Settings of limits and TLS")
class HttpPartTest {

    @Test
    @DisplayName("are those of the HTTP surface when nothing is set")
    void fallbacks() {
        HttpPart http = Settings.from(Map.of()).http();

        assertThat(http.limits()).isEqualTo(HttpLimits.DEFAULT);
        assertThat(http.idleTimeout()).isEqualTo(Duration.ofSeconds(60));
        assertThat(http.certificate()).isEmpty();
    }

    @Test
    @DisplayName("are taken as they are set")
    void set() {
        HttpPart http = Settings.from(Map.of(
                        "COLLOQUY_RATE_LIMIT", "50",
                        "COLLOQUY_MAX_CONCURRENT_REQUESTS", "7",
                        "COLLOQUY_MAX_CONNECTIONS", "8",
                        "COLLOQUY_REQUEST_TIMEOUT", "500ms",
                        "COLLOQUY_IDLE_TIMEOUT", "2m"))
                .http();

        assertThat(http.limits()).isEqualTo(new HttpLimits(50, 7, 8, Duration.ofMillis(500)));
        assertThat(http.idleTimeout()).isEqualTo(Duration.ofMinutes(2));
    }

    @ParameterizedTest
    @CsvSource({
        "COLLOQUY_RATE_LIMIT, 0",
        "COLLOQUY_MAX_CONCURRENT_REQUESTS, none",
        "COLLOQUY_MAX_CONNECTIONS, 1000001",
        "COLLOQUY_REQUEST_TIMEOUT, 9ms",
        "COLLOQUY_REQUEST_TIMEOUT, 11m",
        "COLLOQUY_IDLE_TIMEOUT, 1h1m",
        "COLLOQUY_LOG_LEVEL, trace"
    })
    @DisplayName("out of range are mistakes")
    void mistakes(String name, String value) {
        assertThat(mistakesIn(Map.of(name, value)))
                .singleElement()
                .asString()
                .startsWith(name + " is \"" + value + "\"")
                .contains("allowed: ");
    }

    @Test
    @DisplayName("for TLS need both files, and readable ones")
    void tls(@TempDir Path directory) throws IOException {
        String readable = Files.createFile(directory.resolve("readable.pem")).toString();
        assertThat(mistakesIn(Map.of("COLLOQUY_TLS_CERT", readable)))
                .singleElement()
                .asString()
                .startsWith("COLLOQUY_TLS_KEY is not set although COLLOQUY_TLS_CERT is");
        assertThat(mistakesIn(Map.of("COLLOQUY_TLS_KEY", readable)))
                .singleElement()
                .asString()
                .startsWith("COLLOQUY_TLS_CERT is not set although COLLOQUY_TLS_KEY is");
        assertThat(mistakesIn(Map.of("COLLOQUY_TLS_CERT", readable, "COLLOQUY_TLS_KEY", readable)))
                .singleElement()
                .asString()
                .startsWith("COLLOQUY_TLS_CERT is \"" + readable + "\"; allowed: a readable PEM file");
    }

    @Test
    @DisplayName("for TLS are told one by one when neither file can be read")
    void unreadable() {
        assertThat(mistakesIn(Map.of("COLLOQUY_TLS_CERT", "/nowhere/cert.pem", "COLLOQUY_TLS_KEY", "/nowhere/key.pem")))
                .satisfiesExactly(
                        mistake -> assertThat(mistake)
                                .startsWith("COLLOQUY_TLS_CERT is \"/nowhere/cert.pem\" in the environment; allowed: "),
                        mistake -> assertThat(mistake)
                                .startsWith("COLLOQUY_TLS_KEY is \"/nowhere/key.pem\" in the environment; allowed: "));
    }

    private static List<String> mistakesIn(Map<String, String> environment) {
        InvalidSettings refused = catchThrowableOfType(InvalidSettings.class, () -> Settings.from(environment));
        assertThat(refused).as("refused").isNotNull();
        return refused.mistakes();
    }
}
