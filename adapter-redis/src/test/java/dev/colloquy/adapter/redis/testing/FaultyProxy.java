package dev.colloquy.adapter.redis.testing;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.List;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.locks.ReentrantLock;
import org.jspecify.annotations.Nullable;

/**
 * Stands between a client and a server on 127.0.0.1 and breaks their connections on purpose: slow, cut, held back and
 * released later, swallowed, reset.
 *
 * <p>A fault that is meant for one request names a <em>marker</em>, text that occurs in the request's bytes, such as a
 * user's name; it strikes the first request that holds it, once. Safe for any number of threads.
 */
public final class FaultyProxy implements AutoCloseable {

    private final InetSocketAddress target;
    private final int port;
    private final List<Fault> armed = new CopyOnWriteArrayList<>();
    private final Set<ProxiedConnection> connections = ConcurrentHashMap.newKeySet();
    private volatile Duration requestDelay = Duration.ZERO;
    private volatile Duration replyDelay = Duration.ZERO;
    private volatile long repliesPerSecond;
    private final ReentrantLock link = new ReentrantLock(true);
    private volatile boolean blackHole;
    private volatile @Nullable ServerSocket listener;

    private FaultyProxy(int targetPort) throws IOException {
        target = new InetSocketAddress(InetAddress.getLoopbackAddress(), targetPort);
        // Not any free one: while it refuses connections, the operating system might give its port to another.
        port = listen(FreePort.find());
    }

    /** A proxy in front of a server on 127.0.0.1; without a fault until one is asked for. */
    public static FaultyProxy before(int targetPort) {
        try {
            return new FaultyProxy(targetPort);
        } catch (IOException failed) {
            throw new UncheckedIOException(failed);
        }
    }

    /** The port on 127.0.0.1 to connect to. */
    public int port() {
        return port;
    }

    /** The address to connect to, as a URL without TLS and password. */
    public String url() {
        return "redis://127.0.0.1:" + port;
    }

    /** From now on, whatever the client sends takes so much longer. */
    public void delayRequests(Duration delay) {
        requestDelay = delay;
    }

    /** From now on, whatever the server answers takes so much longer. */
    public void delayReplies(Duration delay) {
        replyDelay = delay;
    }

    /** From now on, all replies together come at so many bytes per second, each connection in its turn; 0 for no limit. */
    public void limitReplies(long bytesPerSecond) {
        repliesPerSecond = bytesPerSecond;
    }

    /**
     * The next request with the marker, and all that follows it on its connection, stays here until {@link
     * Fault#release()}. It is delivered then even if the client has given up and closed the connection.
     */
    public Fault holdNextRequest(String marker) {
        return arm(new Fault(Fault.Kind.HOLD_REQUEST, marker, 0));
    }

    /** The next request with the marker is delivered; its reply stays here until {@link Fault#release()}. */
    public Fault holdNextReply(String marker) {
        return arm(new Fault(Fault.Kind.HOLD_REPLY, marker, 0));
    }

    /** Of the next request with the marker only so many bytes are delivered; then both sides see a reset. */
    public Fault cutNextRequest(String marker, int bytes) {
        return arm(new Fault(Fault.Kind.CUT_REQUEST, marker, bytes));
    }

    /** Of the reply to the next request with the marker only so many bytes are delivered; then both see a reset. */
    public Fault cutNextReply(String marker, int bytes) {
        return arm(new Fault(Fault.Kind.CUT_REPLY, marker, bytes));
    }

    /** The reply to the next request with the marker disappears, and all later ones on its connection, which stays. */
    public Fault swallowNextReply(String marker) {
        return arm(new Fault(Fault.Kind.SWALLOW_REPLY, marker, 0));
    }

    /** From now on everything disappears in both directions, and no connection is closed: a pulled cable. */
    public void blackHole() {
        blackHole = true;
    }

    /** Closes every connection with a reset. New ones are accepted. */
    public void reset() {
        connections.forEach(ProxiedConnection::reset);
    }

    /** Refuses new connections from now on; those that exist go on. */
    public void refuse() {
        ServerSocket open = listener;
        if (open != null) {
            try {
                open.close();
            } catch (IOException failed) {
                throw new UncheckedIOException(failed);
            }
        }
    }

    /** No fault any more. Connections that went through a black hole are reset, for they have lost bytes. */
    public void heal() {
        armed.clear();
        requestDelay = Duration.ZERO;
        replyDelay = Duration.ZERO;
        repliesPerSecond = 0;
        if (blackHole) {
            blackHole = false;
            reset();
        }
        ServerSocket open = listener;
        if (open == null || open.isClosed()) {
            try {
                listen(port);
            } catch (IOException failed) {
                throw new UncheckedIOException(failed);
            }
        }
    }

    /** Closes everything. */
    @Override
    public void close() {
        armed.forEach(Fault::release);
        refuse();
        reset();
    }

    private Fault arm(Fault fault) {
        armed.add(fault);
        return fault;
    }

    private int listen(int wanted) throws IOException {
        ServerSocket open = new ServerSocket();
        open.setReuseAddress(true);
        open.bind(new InetSocketAddress(InetAddress.getLoopbackAddress(), wanted), 1000);
        listener = open;
        Thread.ofVirtual().name("proxy-accept").start(() -> accept(open));
        return open.getLocalPort();
    }

    private void accept(ServerSocket open) {
        try {
            while (true) {
                Socket client = open.accept();
                try {
                    ProxiedConnection connection = new ProxiedConnection(this, client, target);
                    connections.add(connection);
                    connection.start(() -> connections.remove(connection));
                    if (open.isClosed()) {
                        // It came just before new ones were refused, perhaps too late to be reset with the others.
                        connection.reset();
                    }
                } catch (IOException unreachable) {
                    ProxiedConnection.reset(client);
                }
            }
        } catch (IOException closed) {
            // Refusing new connections: that is how it is asked for.
        }
    }

    /** Takes the fault that a request arms, if there is one. */
    @Nullable
    Fault strikeOn(byte[] bytes, int length) {
        if (armed.isEmpty()) {
            return null;
        }
        String text = new String(bytes, 0, length, StandardCharsets.UTF_8);
        for (Fault fault : armed) {
            if (text.contains(fault.marker()) && fault.claim()) {
                return fault;
            }
        }
        return null;
    }

    /** Returns when so many bytes of a reply have passed the link. */
    void carryReply(int bytes) throws InterruptedException {
        long perSecond = repliesPerSecond;
        if (perSecond > 0) {
            link.lockInterruptibly();
            try {
                Thread.sleep(Duration.ofSeconds(1).multipliedBy(bytes).dividedBy(perSecond));
            } finally {
                link.unlock();
            }
        }
    }

    boolean isBlackHole() {
        return blackHole;
    }

    Duration requestDelay() {
        return requestDelay;
    }

    Duration replyDelay() {
        return replyDelay;
    }
}
