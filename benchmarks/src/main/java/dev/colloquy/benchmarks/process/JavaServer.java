package dev.colloquy.benchmarks.process;

import dev.colloquy.adapter.redis.testing.FreePort;
import dev.colloquy.adapter.redis.testing.Leftovers;
import dev.colloquy.adapter.redis.testing.OwnSettings;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;

/** A server in a process of its own, on a free port of 127.0.0.1. Stopped by {@link #close}. */
public final class JavaServer implements AutoCloseable {

    private static final Duration LONGEST_START = Duration.ofSeconds(30);
    private static final String LOG = "server.log";

    private final Process process;
    private final Path directory;
    private final int port;
    private final Duration started;

    private JavaServer(Process process, Path directory, int port, Duration started) {
        this.process = process;
        this.directory = directory;
        this.port = port;
        this.started = started;
    }

    /**
     * The command that runs a class of this process's class path.
     *
     * @param arguments options for Java, if any, and then the class's name
     */
    public static List<String> java(String... arguments) {
        List<String> command = new ArrayList<>(List.of(
                Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                "-Xmx2g",
                "--enable-native-access=ALL-UNNAMED",
                "-cp",
                System.getProperty("java.class.path")));
        command.addAll(List.of(arguments));
        return command;
    }

    /**
     * Starts a server and waits until it has answered its first request.
     *
     * @param environment added to this process's environment without its settings, beside {@code HOST} and {@code PORT}
     * @param path what to ask for; any answer with status 200 counts
     * @throws IllegalStateException if there is none
     */
    public static JavaServer start(List<String> command, Map<String, String> environment, String path)
            throws IOException {
        int port = FreePort.find();
        Path directory = Leftovers.directory("colloquy-compare-server");
        Path log = directory.resolve(LOG);
        ProcessBuilder builder =
                new ProcessBuilder(command).redirectErrorStream(true).redirectOutput(log.toFile());
        OwnSettings.removeOthers(builder.environment());
        builder.environment().putAll(environment);
        builder.environment().putAll(Map.of("HOST", "127.0.0.1", "PORT", Integer.toString(port)));
        builder.directory(directory.toFile());
        long began = System.nanoTime();
        Process process = Leftovers.start(builder);
        while (process.isAlive() && System.nanoTime() - began < LONGEST_START.toNanos()) {
            if (PlainHttp.answers(port, path)) {
                return new JavaServer(process, directory, port, Duration.ofNanos(System.nanoTime() - began));
            }
            LockSupport.parkNanos(2_000_000);
        }
        process.destroyForcibly();
        throw new IllegalStateException(command + " gave no answer: " + Files.readString(log));
    }

    /** The port on 127.0.0.1. */
    public int port() {
        return port;
    }

    /** What it has written to its output and its log so far. */
    String output() throws IOException {
        return Files.readString(directory.resolve(LOG));
    }

    /** How long it took from the start of the process to the first answer. */
    public Duration started() {
        return started;
    }

    @Override
    public void close() throws IOException {
        process.destroy();
        try {
            if (!process.waitFor(10, TimeUnit.SECONDS)) {
                process.destroyForcibly();
            }
        } catch (InterruptedException interrupted) {
            Thread.currentThread().interrupt();
        }
        Leftovers.delete(directory);
    }
}
