package dev.colloquy.adapter.redis.testing;

import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.nio.charset.StandardCharsets;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.List;
import java.util.Set;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import org.testcontainers.containers.Container.ExecResult;
import org.testcontainers.containers.ContainerLaunchException;
import org.testcontainers.containers.GenericContainer;
import org.testcontainers.containers.wait.strategy.Wait;
import org.testcontainers.images.builder.Transferable;
import org.testcontainers.utility.DockerImageName;

/**
 * One container in which all servers of this JVM run. Its published ports have the same numbers inside and outside, so
 * that the addresses which the nodes of a cluster and the sentinels give away are right on both sides.
 */
final class ContainerMachine implements RedisMachine {

    private static final String IMAGE = "redis:7.2";
    private static final int PORTS = 64;

    /** Another JVM with as many may take one of the ports before the container does: in one of seven starts at once. */
    private static final int MOST_ATTEMPTS = 5;

    /** A line of {@code /proc/net/tcp}, from its port on: 0A says that the socket listens. */
    private static final Pattern LISTENING = Pattern.compile(":(\\p{XDigit}{4}) [\\p{XDigit}:]+ 0A ");

    private final GenericContainer<?> container;
    private final Deque<Integer> ports;
    private final AtomicInteger directories = new AtomicInteger();

    private ContainerMachine(GenericContainer<?> container, Deque<Integer> ports) {
        this.container = container;
        this.ports = ports;
    }

    /**
     * Starts the container.
     *
     * @throws ContainerLaunchException if none can be started
     * @throws IOException if there are no free ports
     */
    static ContainerMachine start() throws IOException {
        for (int attempt = 1; ; attempt++) {
            try {
                return startOnNewPorts();
            } catch (ContainerLaunchException failed) {
                // "address already in use" or "port is already allocated", as the daemon puts it.
                if (attempt == MOST_ATTEMPTS
                        || !String.valueOf(Machines.rootOf(failed)).contains("already")) {
                    throw failed;
                }
            }
        }
    }

    // Closed by Testcontainers itself when the JVM ends.
    @SuppressWarnings("resource")
    private static ContainerMachine startOnNewPorts() throws IOException {
        Deque<Integer> ports = freePorts();
        List<String> bindings =
                ports.stream().map(port -> "127.0.0.1:" + port + ":" + port).toList();
        // Without being told, Testcontainers waits until something listens on the ports: there is nothing yet.
        GenericContainer<?> container = new GenericContainer<>(DockerImageName.parse(IMAGE))
                .withCommand("sleep", "infinity")
                .waitingFor(Wait.forSuccessfulCommand("redis-server --version"));
        container.setPortBindings(bindings);
        container.start();
        return new ContainerMachine(container, ports);
    }

    private static Deque<Integer> freePorts() throws IOException {
        Deque<Integer> ports = new ArrayDeque<>();
        List<ServerSocket> reserved = new ArrayList<>();
        for (int i = 0; i < PORTS; i++) {
            ServerSocket probe = new ServerSocket(0, 1, InetAddress.getLoopbackAddress());
            reserved.add(probe);
            ports.add(probe.getLocalPort());
        }
        for (ServerSocket probe : reserved) {
            probe.close();
        }
        return ports;
    }

    @Override
    public String description() {
        return "the image " + IMAGE + " in a container";
    }

    @Override
    public String bindAddress() {
        return "0.0.0.0";
    }

    @Override
    public int freePort() throws IOException {
        Set<Integer> taken = listening();
        synchronized (ports) {
            for (int i = 0; i < PORTS; i++) {
                int port = ports.removeFirst();
                ports.addLast(port);
                if (!taken.contains(port)) {
                    return port;
                }
            }
        }
        throw new IOException("no port of the container is free");
    }

    private Set<Integer> listening() throws IOException {
        return LISTENING
                .matcher(shell("cat /proc/net/tcp").getStdout())
                .results()
                .map(socket -> Integer.parseInt(socket.group(1), 16))
                .collect(Collectors.toSet());
    }

    @Override
    public String newDirectory() throws IOException {
        String directory = "/tmp/server" + directories.incrementAndGet();
        shell("mkdir -p " + directory);
        return directory;
    }

    @Override
    public void write(String path, byte[] content) {
        container.copyFileToContainer(Transferable.of(content, 0666), path);
    }

    @Override
    public Running start(String directory, List<String> arguments) throws IOException {
        shell("cd " + directory + " && redis-server " + String.join(" ", arguments) + " --daemonize yes --logfile "
                + directory + "/redis.log --pidfile " + directory + "/redis.pid");
        return new RunningInContainer(directory);
    }

    @Override
    public String log(String directory) throws IOException {
        return shell("cat " + directory + "/redis.log || true").getStdout();
    }

    @Override
    public void delete(String directory) throws IOException {
        shell("rm -rf " + directory);
    }

    private ExecResult shell(String command) throws IOException {
        try {
            return container.execInContainer(StandardCharsets.UTF_8, "sh", "-c", command);
        } catch (InterruptedException interrupted) {
            Thread.currentThread().interrupt();
            throw new IOException(interrupted);
        }
    }

    private final class RunningInContainer implements Running {

        private final String pidFile;

        RunningInContainer(String directory) {
            pidFile = directory + "/redis.pid";
        }

        @Override
        public void signal(String name) throws IOException {
            shell("kill -" + name + " $(cat " + pidFile + ")");
        }

        @Override
        public boolean isAlive() throws IOException {
            // Not kill -0: nobody in the container buries the dead, and one of them takes that signal, too.
            return shell("grep -q '^State:.[^XZ]' /proc/$(cat " + pidFile + ")/status")
                            .getExitCode()
                    == 0;
        }
    }
}
