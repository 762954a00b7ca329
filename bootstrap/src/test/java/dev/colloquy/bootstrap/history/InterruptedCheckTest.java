package dev.colloquy.bootstrap.history;

import static org.assertj.core.api.Assertions.assertThat;

import dev.colloquy.adapter.redis.testing.Leftovers;
import java.io.BufferedReader;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

@DisplayName("A history check that is interrupted")
class InterruptedCheckTest {

    @Test
    @Timeout(180)
    @DisplayName("leaves no process, not even a stopped one, and no file")
    void leavesNothing(@TempDir Path temporary) throws Exception {
        Process check = Leftovers.start(new ProcessBuilder(
                        Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                        "-Djava.io.tmpdir=" + temporary,
                        "-classpath",
                        System.getProperty("java.class.path"),
                        HistoryCheck.class.getName(),
                        "--seed",
                        "1")
                .redirectErrorStream(true));
        try (BufferedReader lines = check.inputReader()) {
            assertThat(lines.lines().filter(line -> line.endsWith(" s")).findFirst())
                    .as("the first fault")
                    .isPresent();
            List<ProcessHandle> services = check.descendants()
                    .filter(process -> process.info().command().orElse("").endsWith("java"))
                    .toList();
            assertThat(services).hasSize(2);
            String stopped = Long.toString(services.getFirst().pid());
            new ProcessBuilder("kill", "-STOP", stopped).start().waitFor();
            List<ProcessHandle> descendants = check.descendants().toList();

            check.toHandle().destroy();

            assertThat(check.waitFor(60, TimeUnit.SECONDS)).isTrue();
            assertThat(descendants).noneMatch(ProcessHandle::isAlive);
            assertThat(temporary).isEmptyDirectory();
            assertThat(lines.lines()).noneMatch(line -> line.contains("Exception"));
        }
    }
}
