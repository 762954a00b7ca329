package dev.colloquy.bootstrap;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import dev.colloquy.domain.error.InvalidSettings;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;

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
