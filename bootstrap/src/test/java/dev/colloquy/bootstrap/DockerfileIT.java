package dev.colloquy.bootstrap;

import static org.assertj.core.api.Assertions.assertThat;

import dev.colloquy.adapter.redis.testing.Leftovers;
import java.io.BufferedReader;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

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

    @Test
    @DisplayName("is checked by a script that leaves nothing behind when it is stopped")
    void interrupted(@TempDir Path temporary) throws Exception {
        Files.setPosixFilePermissions(temporary, PosixFilePermissions.fromString("rwxr-xr-x"));
        ProcessBuilder builder =
                new ProcessBuilder(Path.of("bin", "check-dockerfile").toString());
        builder.environment().put("TMPDIR", temporary.toString());
        Process check = Leftovers.start(builder.redirectErrorStream(true));
        try (BufferedReader said = check.inputReader()) {
            assertThat(said.lines().anyMatch(line -> line.startsWith("ok: ENTRYPOINT")))
                    .isTrue();
            List<ProcessHandle> descendants = check.descendants().toList();

            check.toHandle().destroy();

            assertThat(check.waitFor(1, TimeUnit.MINUTES)).isTrue();
            assertThat(descendants).as("what still ran, and is ended now").noneMatch(ProcessHandle::destroyForcibly);
            assertThat(temporary).isEmptyDirectory();
        }
    }
}
