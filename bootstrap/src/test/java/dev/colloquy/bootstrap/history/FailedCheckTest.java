package dev.colloquy.bootstrap.history;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

@DisplayName("A history check that cannot be made")
class FailedCheckTest {

    @Test
    @Timeout(60)
    @DisplayName("says why in one line, and ends with another code than one that found something")
    void code(@TempDir Path temporary) throws Exception {
        // Nothing can be started without a directory for its files.
        Process check = new ProcessBuilder(
                        Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                        "-Djava.io.tmpdir=" + temporary.resolve("missing"),
                        "-classpath",
                        System.getProperty("java.class.path"),
                        HistoryCheck.class.getName(),
                        "--seed",
                        "1")
                .redirectOutput(ProcessBuilder.Redirect.DISCARD)
                .start();

        String errors = new String(check.getErrorStream().readAllBytes(), StandardCharsets.UTF_8);

        assertThat(check.waitFor()).isEqualTo(3);
        assertThat(errors.lines().filter(line -> line.startsWith("history-check: ")))
                .singleElement()
                .asString()
                .contains("a run did not come to an end: ", "missing");
        assertThat(errors).doesNotContain("\tat ");
    }
}
