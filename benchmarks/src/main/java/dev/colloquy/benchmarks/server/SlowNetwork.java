package dev.colloquy.benchmarks.server;

import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.nio.ByteBuffer;
import java.time.Duration;
import java.util.Arrays;
import java.util.Queue;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.locks.LockSupport;

/**
 * A proxy on 127.0.0.1 that gives every byte a fixed delay, half the round trip in each direction, and does not limit
 * how many bytes are under way. Stopped by {@link #close}.
 */
public final class SlowNetwork implements AutoCloseable {

    private static final int LARGEST_PIECE = 65_536;

    private final ServerSocket listener;
    private final int target;
    private final long oneWay;
    private final Queue<Socket> sockets = new ConcurrentLinkedQueue<>();

    private record Piece(long due, ByteBuffer bytes) {}

    private SlowNetwork(ServerSocket listener, int target, Duration roundTrip) {
        this.listener = listener;
        this.target = target;
        oneWay = roundTrip.toNanos() / 2;
    }

    /** A network of that round trip to a port of this machine. */
    public static SlowNetwork to(int target, Duration roundTrip) throws IOException {
        ServerSocket listener = new ServerSocket(0, 512, InetAddress.getLoopbackAddress());
        SlowNetwork network = new SlowNetwork(listener, target, roundTrip);
        Thread.ofVirtual().name("slow-network").start(network::accept);
        return network;
    }

    /** The port to connect to. */
    public int port() {
        return listener.getLocalPort();
    }

    @Override
    public void close() {
        closeQuietly(listener);
        sockets.forEach(SlowNetwork::closeQuietly);
    }

    private void accept() {
        while (!listener.isClosed()) {
            try {
                Socket client = listener.accept();
                Socket server = new Socket(InetAddress.getLoopbackAddress(), target);
                sockets.add(client);
                sockets.add(server);
                client.setTcpNoDelay(true);
                server.setTcpNoDelay(true);
                relay(client, server);
                relay(server, client);
            } catch (IOException closed) {
                // The listener was closed, or a client was gone before it was served: the loop's condition decides.
            }
        }
    }

    private void relay(Socket from, Socket to) {
        BlockingQueue<Piece> line = new LinkedBlockingQueue<>();
        Thread.ofVirtual().start(() -> read(from, line));
        Thread.ofVirtual().start(() -> write(line, to));
    }

    private void read(Socket from, BlockingQueue<Piece> line) {
        byte[] buffer = new byte[LARGEST_PIECE];
        try {
            InputStream in = from.getInputStream();
            for (int length = in.read(buffer); length >= 0; length = in.read(buffer)) {
                line.add(new Piece(System.nanoTime() + oneWay, ByteBuffer.wrap(Arrays.copyOf(buffer, length))));
            }
        } catch (IOException closed) {
            // Told to the other side like an orderly end.
        }
        line.add(new Piece(System.nanoTime() + oneWay, ByteBuffer.allocate(0)));
    }

    private static void write(BlockingQueue<Piece> line, Socket to) {
        try {
            OutputStream out = to.getOutputStream();
            for (Piece piece = line.take(); piece.bytes().hasRemaining(); piece = line.take()) {
                for (long left = piece.due() - System.nanoTime(); left > 0; left = piece.due() - System.nanoTime()) {
                    LockSupport.parkNanos(left);
                }
                out.write(piece.bytes().array());
            }
        } catch (IOException closed) {
            // The other side went away; so does this one, below.
        } catch (InterruptedException interrupted) {
            Thread.currentThread().interrupt();
        } finally {
            closeQuietly(to);
        }
    }

    private static void closeQuietly(AutoCloseable closeable) {
        try {
            closeable.close();
        } catch (IOException gone) {
            throw new UncheckedIOException(gone);
        } catch (Exception other) {
            throw new IllegalStateException(other);
        }
    }
}
