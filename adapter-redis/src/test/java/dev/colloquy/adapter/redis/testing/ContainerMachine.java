package dev.colloquy.adapter.redis.testing;

import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.nio.charset.StandardCharsets;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.List;
import java.util.concurrent.atomic.AtomicInteger;
import org.testcontainers.containers.Container.ExecResult;
import org.testcontainers.containers.GenericContainer;
import org.testcontainers.images.builder.Transferable;
import org.testcontainers.utility.DockerImageName;

/**
 * One container in which all servers of this JVM run. Its published ports have the same numbers inside and outside, so
 * that the addresses which the nodes of a cluster and the sentinels give away are right on both sides.
 */
final class ContainerMachine implements RedisMachine {

    private static final String IMAGE = "redis:7.2";
    private static final int PORTS = 64;

    private final GenericContainer<?> container;
    private final Deque<Integer> ports;
    private final AtomicInteger directories = new AtomicInteger();

    private ContainerMachine(GenericContainer<?> container, Deque<Integer> ports) {
        this.container = container;
        this.ports = ports;
    }

    // Closed by Testcontainers itself when the JVM ends.
    @SuppressWarnings("resource")
    static ContainerMachine start() throws IOException {
        Deque<Integer> ports = new ArrayDeque<>();
        List<String> bindings = new ArrayList<>();
        List<ServerSocket> reserved = new ArrayList<>();
        for (int i = 0; i < PORTS; i++) {
            ServerSocket probe = new ServerSocket(0, 1, InetAddress.getLoopbackAddress());
            reserved.add(probe);
            ports.add(probe.getLocalPort());
            bindings.add("127.0.0.1:" + probe.getLocalPort() + ":" + probe.getLocalPort());
        }
        for (ServerSocket probe : reserved) {
            probe.close();
        }
        GenericContainer<?> container =
                new GenericContainer<>(DockerImageName.parse(IMAGE)).withCommand("sleep", "infinity");
        container.setPortBindings(bindings);
        container.start();
        return new ContainerMachine(container, ports);
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
        synchronized (ports) {
            int port = ports.removeFirst();
            ports.addLast(port);
            return port;
        }
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
            return shell("kill -0 $(cat " + pidFile + ")").getExitCode() == 0;
        }
    }
}
