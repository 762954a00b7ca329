package dev.colloquy.bootstrap;

import static org.assertj.core.api.Assertions.assertThat;

import dev.colloquy.adapter.redis.testing.TestCertificate;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.HashMap;
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
    @DisplayName("asks on the address on which it answers")
    void host() {
        try (Service service = Service.start(Map.of("PORT", "0", "HOST", "127.0.0.2"))) {
            String port = Integer.toString(service.port());
            assertThat(HealthCheck.lives(Map.of("PORT", port, "HOST", "127.0.0.2")))
                    .isTrue();
        }
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

    @Test
    @DisplayName("asks a service with TLS as well, also after its certificate was renewed in the file alone")
    void renewedCertificate(@TempDir Path directory) throws IOException {
        Path certificate = directory.resolve("cert.pem");
        Path key = directory.resolve("key.pem");
        renew(certificate, key);
        Map<String, String> tls =
                Map.of("COLLOQUY_TLS_CERT", certificate.toString(), "COLLOQUY_TLS_KEY", key.toString(), "PORT", "0");
        try (Service service = Service.start(tls)) {
            Map<String, String> environment = new HashMap<>(tls);
            environment.put("PORT", Integer.toString(service.port()));
            assertThat(HealthCheck.lives(environment)).isTrue();

            renew(certificate, key);
            assertThat(HealthCheck.lives(environment)).isTrue();
        }
    }

    private static void renew(Path certificate, Path key) throws IOException {
        TestCertificate made = TestCertificate.make();
        Files.write(certificate, made.certificatePem());
        Files.write(key, made.keyPem());
    }
}
