package dev.colloquy.adapter.http;

import io.helidon.common.socket.SocketOptions;
import java.net.SocketAddress;
import java.nio.channels.SocketChannel;
import java.time.Duration;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicLong;
import java.util.function.LongSupplier;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Ends connections whose client takes too long, however busily it drips: a read timeout starts anew with each byte.
 * A connection has one deadline at a time: until its request has arrived, until its answer is received, or until its
 * next request. If it was the body that is late, only the input ends at first, so that the client can still be told.
 * Safe for any number of threads.
 */
final class Connections implements AutoCloseable {

    private static final Logger LOG = LoggerFactory.getLogger(Connections.class);
    private static final long NEVER = Long.MAX_VALUE;
    private static final int LOOKS_PER_TIMEOUT = 10;
    private static final Duration LONGEST_PAUSE = Duration.ofSeconds(1);

    private final ConcurrentHashMap<SocketAddress, Connection> open = new ConcurrentHashMap<>();
    private final Duration requestTimeout;
    private final Duration idleTimeout;
    private final LongSupplier nanoTime;
    private final long origin;
    private final Thread watcher;

    /**
     * @param requestTimeout the time for a request to arrive, and for an answer to be received
     * @param idleTimeout the time from an answer to the next request
     * @param nanoTime a clock as {@link System#nanoTime()} is one
     */
    Connections(Duration requestTimeout, Duration idleTimeout, LongSupplier nanoTime) {
        this.requestTimeout = requestTimeout;
        this.idleTimeout = idleTimeout;
        this.nanoTime = nanoTime;
        this.origin = nanoTime.getAsLong();
        Duration shorter = requestTimeout.compareTo(idleTimeout) < 0 ? requestTimeout : idleTimeout;
        Duration part = Duration.ofMillis(shorter.toMillis() / LOOKS_PER_TIMEOUT + 1);
        Duration pause = part.compareTo(LONGEST_PAUSE) < 0 ? part : LONGEST_PAUSE;
        this.watcher = Thread.ofVirtual().name("colloquy-http-connections").unstarted(() -> watch(pause));
    }

    /** Begins to watch. */
    void start() {
        watcher.start();
    }

    /** The options for new connections, which also tell of each. */
    SocketOptions watching(SocketOptions options) {
        return new WatchedSocketOptions(options, this);
    }

    /**
     * A new connection; its first request is expected.
     *
     * @param input ends what comes from the client, which wakes whoever waits for it
     * @param channel ends all of it
     */
    Connection opened(SocketAddress client, AutoCloseable input, AutoCloseable channel) {
        Connection connection = new Connection(input, channel);
        connection.expect(requestTimeout, false);
        open.put(client, connection);
        return connection;
    }

    /** The connection of this client; one that nobody watches if there is none. */
    Connection of(SocketAddress client) {
        Connection connection = open.get(client);
        return connection == null ? new Connection(() -> {}, () -> {}) : connection;
    }

    /** How many connections are watched. */
    int size() {
        return open.size();
    }

    /** Ends what is late and forgets what has ended. */
    void look() {
        open.forEach((client, connection) -> {
            if (connection.endIfLate() || connection.hasEnded()) {
                open.remove(client, connection);
            }
        });
    }

    @Override
    public void close() {
        watcher.interrupt();
    }

    private void watch(Duration pause) {
        try {
            while (!Thread.interrupted()) {
                Thread.sleep(pause);
                lookAndGoOn();
            }
        } catch (InterruptedException e) {
            LOG.debug("No longer watching connections");
        }
    }

    /** Also an error must not end the thread: nobody would end late connections any more. */
    private void lookAndGoOn() {
        try {
            look();
        } catch (RuntimeException | Error e) {
            LOG.error("Late connections could not be ended; it is tried again", e);
        }
    }

    private long now() {
        return nanoTime.getAsLong() - origin;
    }

    /** One connection and its deadline. */
    final class Connection {

        private final AutoCloseable input;
        private final AutoCloseable channel;
        private final AtomicLong deadline = new AtomicLong(NEVER);
        /** Belongs to the deadline, which is always written after it. */
        private boolean readsBody;

        private volatile boolean bodyIsLate;

        private Connection(AutoCloseable input, AutoCloseable channel) {
            this.input = input;
            this.channel = channel;
        }

        /** The body of a request is on its way. */
        void receiving() {
            expect(requestTimeout, true);
        }

        /** An answer is on its way. */
        void answering() {
            expect(requestTimeout, false);
        }

        /** Whatever happens now is not up to the client. */
        void working() {
            deadline.set(NEVER);
        }

        /** Until there is the next request. */
        void idle() {
            expect(idleTimeout, false);
        }

        /** Whether its input has ended because a body did not arrive in time. */
        boolean bodyIsLate() {
            return bodyIsLate;
        }

        private void expect(Duration timeout, boolean body) {
            readsBody = body;
            deadline.set(now() + timeout.toNanos());
        }

        private boolean hasEnded() {
            return channel instanceof SocketChannel socket && !socket.isOpen();
        }

        /** Whether all of it was ended. */
        private boolean endIfLate() {
            long expected = deadline.get();
            boolean body = readsBody;
            long now = now();
            // Not if it has just come further.
            if (expected > now || !deadline.compareAndSet(expected, now + requestTimeout.toNanos())) {
                return false;
            }
            if (body && !bodyIsLate) {
                bodyIsLate = true;
                end(input);
                return false;
            }
            end(channel);
            return true;
        }

        private static void end(AutoCloseable part) {
            try {
                part.close();
            } catch (Exception e) {
                LOG.debug("Closing a late connection", e);
            }
        }
    }
}
