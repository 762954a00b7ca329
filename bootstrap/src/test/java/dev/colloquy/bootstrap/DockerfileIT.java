package dev.colloquy.bootstrap;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;

@DisplayName("The Dockerfile")
class DockerfileIT {

    @Test
    @DisplayName("makes a service that starts, is healthy and stops, step by step without Docker")
    void everyStep() throws Exception {
        Process check = new ProcessBuilder(Path.of("bin", "check-dockerfile").toString())
                .redirectErrorStream(true)
                .start();
        try {
            String said = new String(check.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
            assertThat(check.waitFor(1, TimeUnit.MINUTES)).as(said).isTrue();
            assertThat(check.exitValue()).as(said).isZero();
            assertThat(said).contains("ok: HEALTHCHECK", "ok: stops on SIGTERM");
        } finally {
            check.destroyForcibly();
        }
    }
}
