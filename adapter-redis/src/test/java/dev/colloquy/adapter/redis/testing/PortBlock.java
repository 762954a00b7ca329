package dev.colloquy.adapter.redis.testing;

import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.util.concurrent.ThreadLocalRandom;

/**
 * Some ports of 127.0.0.1 next to each other, of which each is given by one claimant only. That nothing listens on a
 * port does not make it free: its server may have been killed, to be started again, while clients still call there.
 * Whoever claims a block listens on its first port for as long, which shows others that it is taken.
 *
 * <p>The ports are below those that operating systems give to connections, so that no connection takes one. Used by one
 * thread.
 */
final class PortBlock implements AutoCloseable {

    private static final int LOWEST = 15_000;
    private static final int BLOCKS = 34;
    // Of many servers that start one after the other, none gets a port whose last server is still missed.
    private static final int SIZE = 500;

    private final ServerSocket guard;
    private int given;

    private PortBlock(ServerSocket guard) {
        this.guard = guard;
    }

    /**
     * A block that nobody else has claimed.
     *
     * @throws IOException if all are taken
     */
    static PortBlock claim() throws IOException {
        return claim(ThreadLocalRandom.current().nextInt(BLOCKS));
    }

    /** As {@link #claim()}, but looks at this block first, counted from 0. */
    static PortBlock claim(int first) throws IOException {
        IOException taken = new IOException("no block of ports is free");
        for (int i = 0; i < BLOCKS; i++) {
            try {
                return new PortBlock(listen(LOWEST + (first + i) % BLOCKS * SIZE));
            } catch (IOException another) {
                taken.addSuppressed(another);
            }
        }
        throw taken;
    }

    /**
     * The next port on which nothing listens.
     *
     * @throws IOException if something listens on each
     */
    int next() throws IOException {
        IOException taken = new IOException("no port of the block is free");
        for (int i = 1; i < SIZE; i++) {
            int port = guard.getLocalPort() + 1 + given++ % (SIZE - 1);
            try (ServerSocket probe = listen(port)) {
                return probe.getLocalPort();
            } catch (IOException another) {
                taken.addSuppressed(another);
            }
        }
        throw taken;
    }

    private static ServerSocket listen(int port) throws IOException {
        return new ServerSocket(port, 1, InetAddress.getLoopbackAddress());
    }

    /** Leaves the block to others. */
    @Override
    public void close() throws IOException {
        guard.close();
    }
}
