package dev.colloquy.bootstrap;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import dev.colloquy.domain.error.InvalidSettings;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

@DisplayName("The service")
class ServiceTest {

    @Test
    @DisplayName("does not listen where everybody could do everything, and says so beside every other mistake")
    void open() {
        InvalidSettings refused = catchThrowableOfType(
                InvalidSettings.class, () -> Service.start(Map.of("HOST", "0.0.0.0", "PORT", "http")));

        assertThat(refused.mistakes())
                .hasSize(2)
                .contains(
                        "HOST is \"0.0.0.0\" and nobody needs a token; allowed: 127.0.0.1, or a COLLOQUY_TOKENS_FILE or"
                                + " COLLOQUY_JWT_ISSUER with it, or COLLOQUY_ALLOW_ANYBODY=true");
    }

    @Test
    @DisplayName("takes tokens that are set up in a wrong way for tokens, and only says what is wrong with them")
    void wrongTokens() {
        Map<String, String> environment = Map.of("HOST", "0.0.0.0", "COLLOQUY_JWT_ISSUER", "https://issuer.example");
        InvalidSettings refused = catchThrowableOfType(InvalidSettings.class, () -> Service.start(environment));

        assertThat(refused.mistakes())
                .satisfiesExactly(
                        mistake -> assertThat(mistake).startsWith("COLLOQUY_JWT_AUDIENCE is not set"),
                        mistake -> assertThat(mistake).startsWith("COLLOQUY_JWT_KEYS is not set"));
    }

    @Test
    @DisplayName("names every mistake at once, those of telemetry, of tokens and of the outbox, too")
    void everyMistake(@TempDir Path directory) throws IOException {
        Path file = Files.createFile(directory.resolve("file"));
        Map<String, String> environment = Map.of(
                "COLLOQUY_TOKENS_FILE", "/nope",
                "PORT", "99999",
                "COLLOQUY_JWT_ISSUER", "x",
                "COLLOQUY_OUTBOX_DIR", file.toString(),
                "LOGFIRE_TOKEN", "SECRET",
                "LOGFIRE_REGION", "xx",
                "LOGFIRE_BASE_URL", "zz",
                "OTEL_EXPORTER_OTLP_PROTOCOL", "grpc");

        InvalidSettings refused = catchThrowableOfType(InvalidSettings.class, () -> Service.start(environment));

        assertThat(refused.mistakes())
                .extracting(mistake -> mistake.split(" ", 2)[0])
                .containsExactlyInAnyOrder(
                        "COLLOQUY_TOKENS_FILE",
                        "PORT",
                        "COLLOQUY_JWT_AUDIENCE",
                        "COLLOQUY_JWT_KEYS",
                        "COLLOQUY_OUTBOX_DIR",
                        "LOGFIRE_REGION",
                        "LOGFIRE_BASE_URL",
                        "OTEL_EXPORTER_OTLP_PROTOCOL");
        assertThat(refused)
                .hasMessageContaining("LOGFIRE_REGION was \"xx\"; allowed: us, eu")
                .hasMessageNotContaining("SECRET");
    }

    @Test
    @DisplayName("names both when neither the tokens nor the keys can be read")
    void unreadable() {
        Map<String, String> environment = Map.of(
                "COLLOQUY_TOKENS_FILE", "/nope",
                "COLLOQUY_JWT_ISSUER", "x",
                "COLLOQUY_JWT_AUDIENCE", "y",
                "COLLOQUY_JWT_KEYS", "/nowhere");

        InvalidSettings refused = catchThrowableOfType(InvalidSettings.class, () -> Service.start(environment));

        assertThat(refused.mistakes())
                .satisfiesExactly(
                        tokens -> assertThat(tokens).startsWith("COLLOQUY_TOKENS_FILE was \"/nope\"; allowed: "),
                        keys -> assertThat(keys).startsWith("COLLOQUY_JWT_KEYS was \"/nowhere\"; allowed: "));
    }

    @Test
    @DisplayName("listens on this machine without tokens, and on every address if that is said to be on purpose")
    void onPurpose() {
        for (Map<String, String> environment : List.of(
                Map.of("PORT", "0"), Map.of("PORT", "0", "HOST", "0.0.0.0", "COLLOQUY_ALLOW_ANYBODY", "true"))) {
            try (Service service = Service.start(environment)) {
                assertThat(service.port()).isPositive();
            }
        }
    }
}
