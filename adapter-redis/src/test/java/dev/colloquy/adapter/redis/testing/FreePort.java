package dev.colloquy.adapter.redis.testing;

import java.io.IOException;
import org.jspecify.annotations.Nullable;

/**
 * Ports for servers that are other processes, and may be started again on the same port. Each is one of this JVM's own
 * {@linkplain PortBlock block}, so that another JVM on this machine does not take the port of a server that is stopped
 * at the moment. Safe for any number of threads.
 */
public final class FreePort {

    private static @Nullable PortBlock block;

    private FreePort() {}

    /**
     * A port of 127.0.0.1 on which nothing listens, and which is not given again before all others of the block.
     *
     * @throws IOException if there is none
     */
    public static synchronized int find() throws IOException {
        if (block == null) {
            block = PortBlock.claim();
        }
        return block.next();
    }
}
