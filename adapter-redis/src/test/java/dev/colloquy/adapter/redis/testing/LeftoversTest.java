package dev.colloquy.adapter.redis.testing;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.BufferedReader;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;

@DisplayName("What does not outlive a JVM")
class LeftoversTest {

    private static final Path JAVA = Path.of(System.getProperty("java.home"), "bin", "java");

    @Test
    @DisplayName("lets a thread that would start a process while the JVM ends wait, and no error is printed")
    void startedAtTheEnd() throws Exception {
        Process program = Leftovers.start(new ProcessBuilder(
                        JAVA.toString(),
                        "-classpath",
                        System.getProperty("java.class.path"),
                        StartsUntilTheEnd.class.getName())
                .redirectErrorStream(true));
        try (BufferedReader lines = program.inputReader()) {
            assertThat(lines.lines()).isEmpty();
            assertThat(program.waitFor(60, TimeUnit.SECONDS)).isTrue();
            assertThat(program.exitValue()).isEqualTo(3);
        }
    }

    /** Ends while it starts one process after the other. */
    static final class StartsUntilTheEnd {

        private StartsUntilTheEnd() {}

        public static void main(String[] arguments) throws IOException {
            Thread starting = Thread.currentThread();
            // Long enough for an exception to be printed.
            Runtime.getRuntime().addShutdownHook(new Thread(() -> {
                try {
                    starting.join(Duration.ofMillis(500));
                } catch (InterruptedException interrupted) {
                    Thread.currentThread().interrupt();
                }
            }));
            Leftovers.start(new ProcessBuilder("true"));
            Thread.ofPlatform().start(() -> System.exit(3));
            while (true) {
                Leftovers.start(new ProcessBuilder("true"));
            }
        }
    }
}
