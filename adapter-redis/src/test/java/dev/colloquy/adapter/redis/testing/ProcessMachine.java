package dev.colloquy.adapter.redis.testing;

import java.io.File;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;

/** Runs servers as processes: of the binary that {@code org.signal:embedded-redis} brings along, or of another one. */
final class ProcessMachine implements RedisMachine {

    private static final String VERSION = "7.0.15";

    private final Path home;
    private final Path binary;
    private final String description;

    private ProcessMachine(Path home, Path binary, String description) {
        this.home = home;
        this.binary = binary;
        this.description = description;
    }

    /**
     * Runs what embedded-redis brings along.
     *
     * @param why why it is not a container
     */
    static ProcessMachine ofEmbeddedRedis(String why) {
        try {
            Path home = newHome();
            Path binary = home.resolve("redis-server");
            try (InputStream resource = ProcessMachine.class.getResourceAsStream("/" + resourceName())) {
                if (resource == null) {
                    throw new IllegalStateException("no Redis binary for this computer: " + resourceName()
                            + ". Start a Docker daemon to test with a container.");
                }
                Files.copy(resource, binary);
            }
            if (!binary.toFile().setExecutable(true)) {
                throw new IOException("cannot make " + binary + " executable");
            }
            return new ProcessMachine(
                    home, binary, "the binary of embedded-redis (Redis " + VERSION + ") as a process, because " + why);
        } catch (IOException failed) {
            throw new UncheckedIOException(failed);
        }
    }

    /** Runs another server that speaks the protocol: another version of Redis, or Valkey. */
    static ProcessMachine of(Path binary) {
        try {
            return new ProcessMachine(newHome(), binary.toAbsolutePath(), binary + " as a process, as asked for");
        } catch (IOException failed) {
            throw new UncheckedIOException(failed);
        }
    }

    private static Path newHome() throws IOException {
        return Leftovers.directory("colloquy-redis");
    }

    private static String resourceName() {
        String os = System.getProperty("os.name").toLowerCase(Locale.ROOT).contains("mac") ? "darwin" : "linux";
        String cpu = System.getProperty("os.arch").contains("aarch64") ? "arm64" : "amd64";
        return "redis-server-" + VERSION + "-" + os + "-" + cpu;
    }

    @Override
    public String description() {
        return description;
    }

    @Override
    public String bindAddress() {
        return "127.0.0.1";
    }

    /** Below the ports that systems give to outgoing connections, so that a stopped server finds its port free again. */
    @Override
    public int freePort() throws IOException {
        return FreePort.find();
    }

    @Override
    public String newDirectory() throws IOException {
        return Files.createTempDirectory(home, "server").toString();
    }

    @Override
    public void write(String path, byte[] content) throws IOException {
        Files.write(Path.of(path), content);
    }

    @Override
    public Running start(String directory, List<String> arguments) throws IOException {
        List<String> command = new ArrayList<>();
        command.add(binary.toString());
        command.addAll(arguments);
        File log = Path.of(directory, "redis.log").toFile();
        return new RunningProcess(Leftovers.start(new ProcessBuilder(command)
                .directory(new File(directory))
                .redirectErrorStream(true)
                .redirectOutput(ProcessBuilder.Redirect.appendTo(log))));
    }

    @Override
    public String log(String directory) throws IOException {
        Path log = Path.of(directory, "redis.log");
        return Files.exists(log) ? Files.readString(log) : "";
    }

    @Override
    public void delete(String directory) throws IOException {
        Leftovers.delete(Path.of(directory));
    }

    private record RunningProcess(Process process) implements Running {

        @Override
        public void signal(String name) throws IOException {
            if (name.equals("KILL")) {
                process.destroyForcibly();
            } else {
                new ProcessBuilder("kill", "-" + name, Long.toString(process.pid()))
                        .start()
                        .onExit()
                        .join();
            }
        }

        @Override
        public boolean isAlive() {
            return process.isAlive();
        }
    }
}
