package dev.colloquy.adapter.redis.testing;

import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.util.concurrent.ThreadLocalRandom;

/**
 * Ports for servers that are other processes, and may be started again on the same port. They are below those that the
 * operating system gives to connections, so that no connection takes one in between. Safe for any number of threads.
 */
public final class FreePort {

    private static final int LOWEST = 15_000;
    private static final int HIGHEST = 32_000;
    private static final int MOST_ATTEMPTS = 100;

    private FreePort() {}

    /**
     * A port on which nothing listens.
     *
     * @throws IOException if there is hardly any
     */
    public static int find() throws IOException {
        for (int attempt = 0; attempt < MOST_ATTEMPTS; attempt++) {
            int port = ThreadLocalRandom.current().nextInt(LOWEST, HIGHEST);
            try (ServerSocket probe = new ServerSocket(port, 1, InetAddress.getLoopbackAddress())) {
                return probe.getLocalPort();
            } catch (IOException taken) {
                // The next one, then.
            }
        }
        throw new IOException("no free port among " + MOST_ATTEMPTS);
    }
}
