package dev.colloquy.adapter.redis.testing;

import java.io.IOException;
import java.net.StandardProtocolFamily;
import java.net.UnixDomainSocketAddress;
import java.nio.ByteBuffer;
import java.nio.channels.SocketChannel;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;

/** Chooses the machine once. */
final class Machines {

    /** In the environment, the server's binary if it shall be another one. */
    private static final String NAMED = "TEST_REDIS_SERVER";

    static final RedisMachine INSTANCE = choose();

    private Machines() {}

    private static RedisMachine choose() {
        RedisMachine machine = inContainerOrHere();
        System.out.println("Redis for the tests: " + machine.description());
        return machine;
    }

    private static RedisMachine inContainerOrHere() {
        String named = System.getenv(NAMED);
        if (named != null) {
            return ProcessMachine.of(Path.of(named));
        }
        if (!dockerAnswers()) {
            return ProcessMachine.ofEmbeddedRedis("no Docker daemon answers");
        }
        try {
            return ContainerMachine.start();
        } catch (RuntimeException | IOException failed) {
            return ProcessMachine.ofEmbeddedRedis("a container does not start: " + rootOf(failed));
        }
    }

    static Throwable rootOf(Throwable failure) {
        return failure.getCause() == null ? failure : rootOf(failure.getCause());
    }

    /**
     * Asks the daemon before Testcontainers does, because that takes seconds and prints stack traces when there is
     * none. A daemon reached over TCP is named by DOCKER_HOST and taken as meant.
     */
    private static boolean dockerAnswers() {
        String named = System.getenv("DOCKER_HOST");
        if (named != null && !named.startsWith("unix://")) {
            return true;
        }
        String home = System.getProperty("user.home");
        List<Path> sockets = named != null
                ? List.of(Path.of(named.substring("unix://".length())))
                : List.of(
                        Path.of("/var/run/docker.sock"),
                        Path.of(home, ".docker/run/docker.sock"),
                        Path.of(home, ".docker/desktop/docker.sock"));
        return sockets.stream().filter(Files::exists).anyMatch(Machines::answers);
    }

    private static boolean answers(Path socket) {
        try (SocketChannel channel = SocketChannel.open(StandardProtocolFamily.UNIX)) {
            channel.connect(UnixDomainSocketAddress.of(socket));
            channel.write(
                    ByteBuffer.wrap("GET /_ping HTTP/1.0\r\nHost: docker\r\n\r\n".getBytes(StandardCharsets.US_ASCII)));
            return channel.read(ByteBuffer.allocate(16)) > 0;
        } catch (IOException absent) {
            return false;
        }
    }
}
