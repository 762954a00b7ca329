package dev.colloquy.bootstrap;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Map;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;

@DisplayName("The health check of a container")
class HealthCheckTest {

    @Test
    @DisplayName("says whether the service lives")
    void lives() {
        String port;
        try (Service service = Service.start(Map.of("PORT", "0"))) {
            port = Integer.toString(service.port());
            assertThat(HealthCheck.lives(Map.of("PORT", port))).isTrue();
            assertThat(HealthCheck.lives(Map.of("PORT", port, "COLLOQUY_TLS_CERT", "/nowhere")))
                    .isFalse();
        }
        assertThat(HealthCheck.lives(Map.of("PORT", port))).isFalse();
    }
}
