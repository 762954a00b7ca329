package dev.colloquy.bootstrap;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.Map;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

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

    @Test
    @DisplayName("looks into the file of the service, too")
    void settingsFile(@TempDir Path directory) throws IOException {
        try (Service service = Service.start(Map.of("PORT", "0"))) {
            Path file = Files.writeString(directory.resolve("file"), "PORT=" + service.port());
            Map<String, String> environment = Map.of("COLLOQUY_CONFIG", file.toString(), "PORT", "");
            assertThat(HealthCheck.lives(environment)).isTrue();

            Files.writeString(file, "\nCOLLOQUY_TLS_CERT=/nowhere", StandardOpenOption.APPEND);
            assertThat(HealthCheck.lives(environment)).isFalse();
        }
    }
}
