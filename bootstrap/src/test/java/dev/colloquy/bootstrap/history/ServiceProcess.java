package dev.colloquy.bootstrap.history;

import dev.colloquy.adapter.redis.testing.FreePort;
import dev.colloquy.adapter.redis.testing.Leftovers;
import dev.colloquy.adapter.redis.testing.OwnSettings;
import dev.colloquy.bootstrap.Main;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;

/** The service as a process of its own, on a port that stays the same when it is started again. */
final class ServiceProcess implements AutoCloseable {

    private static final long START_NANOS = TimeUnit.SECONDS.toNanos(60);

    private final Path directory;
    private final int port;
    private final Map<String, String> environment;
    private final HttpEndpoint endpoint;
    private Process process;

    private ServiceProcess(Path directory, int port, Map<String, String> environment) {
        this.directory = directory;
        this.port = port;
        this.environment = environment;
        this.endpoint = new HttpEndpoint(port);
        this.process = launch();
    }

    /**
     * Starts it; does not wait for it.
     *
     * @param directory where its outbox and its log are
     * @param environment its settings, but for the address and the outbox
     */
    static ServiceProcess start(Path directory, Map<String, String> environment) {
        try {
            Files.createDirectories(directory);
            return new ServiceProcess(directory, FreePort.find(), environment);
        } catch (IOException failed) {
            throw new UncheckedIOException(failed);
        }
    }

    HttpEndpoint endpoint() {
        return endpoint;
    }

    /** What it wrote to its standard streams. */
    String log() {
        try {
            return Files.readString(directory.resolve("service.log"));
        } catch (IOException failed) {
            throw new UncheckedIOException(failed);
        }
    }

    /** Waits until it answers. */
    void awaitUp() {
        long giveUp = System.nanoTime() + START_NANOS;
        while (endpoint.get("/health/live").isEmpty()) {
            if (!process.isAlive() || System.nanoTime() > giveUp) {
                throw new IllegalStateException("the service does not answer: " + log());
            }
            LockSupport.parkNanos(TimeUnit.MILLISECONDS.toNanos(20));
        }
    }

    /** As {@code kill -9} does. */
    void kill() {
        process.destroyForcibly();
        await();
    }

    /** As {@code kill} does: it may finish what it is doing. */
    void terminate() {
        process.destroy();
        await();
    }

    /** Stops it from doing anything, without closing a connection. */
    void pause() {
        signal("STOP");
    }

    /** Lets it go on. */
    void resume() {
        signal("CONT");
    }

    /** Starts it again after {@link #kill()} or {@link #terminate()}; does not wait for it. */
    void restart() {
        process = launch();
    }

    @Override
    public void close() {
        kill();
    }

    private Process launch() {
        ProcessBuilder builder = new ProcessBuilder(
                Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                "-Xmx512m",
                "-XX:+UseSerialGC",
                "-XX:TieredStopAtLevel=1",
                "--enable-native-access=ALL-UNNAMED",
                "-classpath",
                System.getProperty("java.class.path"),
                Main.class.getName());
        OwnSettings.removeOthers(builder.environment());
        builder.environment().putAll(environment);
        builder.environment().put("PORT", Integer.toString(port));
        builder.environment()
                .put("COLLOQUY_OUTBOX_DIR", directory.resolve("outbox").toString());
        builder.redirectErrorStream(true);
        builder.redirectOutput(ProcessBuilder.Redirect.appendTo(
                directory.resolve("service.log").toFile()));
        try {
            return Leftovers.start(builder);
        } catch (IOException failed) {
            throw new UncheckedIOException(failed);
        }
    }

    private void await() {
        try {
            if (!process.waitFor(20, TimeUnit.SECONDS)) {
                throw new IllegalStateException("the service did not end");
            }
        } catch (InterruptedException ended) {
            Thread.currentThread().interrupt();
            throw new IllegalStateException(ended);
        }
    }

    private void signal(String name) {
        try {
            new ProcessBuilder("kill", "-" + name, Long.toString(process.pid()))
                    .start()
                    .waitFor();
        } catch (IOException failed) {
            throw new UncheckedIOException(failed);
        } catch (InterruptedException ended) {
            Thread.currentThread().interrupt();
            throw new IllegalStateException(ended);
        }
    }
}
