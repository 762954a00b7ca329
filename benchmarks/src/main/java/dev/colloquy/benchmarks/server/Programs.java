package dev.colloquy.benchmarks.server;

import dev.colloquy.adapter.redis.testing.Leftovers;
import java.io.File;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;

/** Programs of this machine. */
public final class Programs {

    private Programs() {}

    /** Where the path of this process has a program, or empty. */
    public static Optional<Path> find(String program) {
        String path = Optional.ofNullable(System.getenv("PATH")).orElse("");
        return Arrays.stream(path.split(File.pathSeparator, -1))
                .filter(folder -> !folder.isEmpty())
                .map(folder -> Path.of(folder, program))
                .filter(Files::isExecutable)
                .findFirst();
    }

    /**
     * Runs a program and gives what it printed.
     *
     * @throws IOException if it cannot be started, fails or takes longer
     */
    public static String output(Duration longest, List<String> command) throws IOException, InterruptedException {
        Path directory = Leftovers.directory("colloquy-compare-program");
        Path printed = directory.resolve("printed.txt");
        try {
            Process process = Leftovers.start(
                    new ProcessBuilder(command).redirectErrorStream(true).redirectOutput(printed.toFile()));
            if (!process.waitFor(longest.toMillis(), TimeUnit.MILLISECONDS)) {
                process.destroyForcibly();
                throw new IOException(command.getFirst() + " took longer than " + longest);
            }
            String output = Files.readString(printed, StandardCharsets.UTF_8);
            if (process.exitValue() != 0) {
                throw new IOException(command.getFirst() + " failed: " + output);
            }
            return output;
        } finally {
            Leftovers.delete(directory);
        }
    }

    static void pause(Duration time) {
        LockSupport.parkNanos(time.toNanos());
    }
}
