package dev.colloquy.benchmarks.server;

import dev.colloquy.adapter.redis.testing.FreePort;
import dev.colloquy.adapter.redis.testing.Leftovers;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import redis.clients.jedis.Jedis;

/**
 * A Redis of the comparison's own: the installed {@code redis-server}, on 127.0.0.1, on a free port, without
 * persistence. Stopped and removed by {@link #close}.
 */
public final class RedisUnderTest implements AutoCloseable {

    private static final Duration LONGEST_START = Duration.ofSeconds(10);

    private final Process process;
    private final Path directory;
    private final int port;

    private RedisUnderTest(Process process, Path directory, int port) {
        this.process = process;
        this.directory = directory;
        this.port = port;
    }

    /** The installed server, if there is one. */
    public static Optional<Path> installed() {
        return Programs.find("redis-server");
    }

    /**
     * Starts a server.
     *
     * @throws IllegalStateException if it does not start
     */
    public static RedisUnderTest start(Path program) {
        try {
            int port = FreePort.find();
            Path directory = Leftovers.directory("colloquy-compare-redis");
            List<String> command = List.of(
                    program.toString(),
                    "--port",
                    Integer.toString(port),
                    "--bind",
                    "127.0.0.1",
                    "--save",
                    "",
                    "--appendonly",
                    "no",
                    "--dir",
                    directory.toString(),
                    "--loglevel",
                    "warning");
            Process process = Leftovers.start(new ProcessBuilder(command)
                    .redirectErrorStream(true)
                    .redirectOutput(directory.resolve("redis.log").toFile()));
            RedisUnderTest server = new RedisUnderTest(process, directory, port);
            server.awaitStart();
            return server;
        } catch (IOException failed) {
            throw new UncheckedIOException(failed);
        }
    }

    /** The port on 127.0.0.1. */
    public int port() {
        return port;
    }

    @Override
    public void close() {
        process.destroy();
        try {
            if (!process.waitFor(5, TimeUnit.SECONDS)) {
                process.destroyForcibly();
            }
            Leftovers.delete(directory);
        } catch (IOException left) {
            throw new UncheckedIOException(left);
        } catch (InterruptedException interrupted) {
            Thread.currentThread().interrupt();
        }
    }

    private void awaitStart() throws IOException {
        long deadline = System.nanoTime() + LONGEST_START.toNanos();
        while (System.nanoTime() < deadline && process.isAlive()) {
            try (Jedis connection = new Jedis("127.0.0.1", port)) {
                connection.ping();
                return;
            } catch (RuntimeException notYet) {
                Programs.pause(Duration.ofMillis(20));
            }
        }
        String log = Files.readString(directory.resolve("redis.log"));
        close();
        throw new IllegalStateException("redis-server did not start: " + log);
    }
}
