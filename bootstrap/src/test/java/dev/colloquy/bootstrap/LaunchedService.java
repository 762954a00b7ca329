package dev.colloquy.bootstrap;

import static org.assertj.core.api.Assertions.assertThat;

import dev.colloquy.adapter.redis.testing.OwnSettings;
import java.io.File;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** A process started by the launcher, whose output goes to two files. */
final class LaunchedService implements AutoCloseable {

    private static final Path LAUNCHER = Path.of("bin", "colloquy").toAbsolutePath();
    private static final Duration PATIENCE = Duration.ofSeconds(60);
    // JSON may escape a slash.
    private static final Pattern ADDRESS = Pattern.compile("http:[\\\\/]+127\\.0\\.0\\.1:([0-9]+)");

    private final Process process;
    private final Path output;
    private final Path errors;

    private LaunchedService(Process process, Path output, Path errors) {
        this.process = process;
        this.output = output;
        this.errors = errors;
    }

    static Path launcher() {
        return LAUNCHER;
    }

    /** Starts the launcher of this project on any free port, on the Java of this test. */
    static LaunchedService start(Path directory, Map<String, String> environment, String... arguments)
            throws IOException {
        return start(LAUNCHER, directory, environment, arguments);
    }

    static LaunchedService start(Path launcher, Path directory, Map<String, String> environment, String... arguments)
            throws IOException {
        List<String> command = new ArrayList<>(List.of(launcher.toString()));
        command.addAll(List.of(arguments));
        Path output = Files.createTempFile(directory, "output", ".txt");
        Path errors = Files.createTempFile(directory, "errors", ".txt");
        ProcessBuilder builder = new ProcessBuilder(command)
                .directory(directory.toFile())
                .redirectInput(ProcessBuilder.Redirect.from(new File("/dev/null")))
                .redirectOutput(output.toFile())
                .redirectError(errors.toFile());
        OwnSettings.removeOthers(builder.environment());
        builder.environment().put("JAVA_HOME", System.getProperty("java.home"));
        builder.environment().put("PORT", "0");
        builder.environment().put("COLLOQUY_LOG_FORMAT", "text");
        builder.environment().putAll(environment);
        builder.environment().values().removeIf(String::isEmpty);
        return new LaunchedService(builder.start(), output, errors);
    }

    /** Waits for the start line and takes the port from it. */
    int port() throws IOException {
        long deadline = System.nanoTime() + PATIENCE.toNanos();
        while (System.nanoTime() < deadline) {
            Matcher address = ADDRESS.matcher(output());
            if (address.find()) {
                return Integer.parseInt(address.group(1));
            }
            assertThat(process.isAlive())
                    .as("alive; it said: %s%s", output(), errors())
                    .isTrue();
            LockSupport.parkNanos(TimeUnit.MILLISECONDS.toNanos(20));
        }
        throw new AssertionError("no start line within " + PATIENCE + ": " + output() + errors());
    }

    /** Tells it to stop, with SIGTERM. */
    void terminate() {
        process.destroy();
    }

    /** Ends it at once, with SIGKILL. */
    void kill() {
        process.destroyForcibly();
    }

    /** Waits for its end. */
    int exitCode() throws Exception {
        assertThat(process.waitFor(PATIENCE.toSeconds(), TimeUnit.SECONDS))
                .as("ended; it said: %s%s", output(), errors())
                .isTrue();
        return process.exitValue();
    }

    String output() throws IOException {
        return Files.readString(output);
    }

    String errors() throws IOException {
        return Files.readString(errors);
    }

    @Override
    public void close() {
        process.destroyForcibly();
    }
}
