package dev.colloquy.adapter.redis.testing;

import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.time.Duration;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicReference;
import org.jspecify.annotations.Nullable;

/** One client's connection through a {@link FaultyProxy}: a thread for the requests and one for the replies. */
final class ProxiedConnection {

    private static final int BUFFER = 65_536;

    private final FaultyProxy proxy;
    private final Socket client;
    private final Socket server;
    private final AtomicReference<@Nullable Fault> faultOfReply = new AtomicReference<>();
    private final AtomicInteger pumps = new AtomicInteger(2);

    ProxiedConnection(FaultyProxy proxy, Socket client, InetSocketAddress target) throws IOException {
        this.proxy = proxy;
        this.client = client;
        this.server = new Socket();
        server.connect(target);
        client.setTcpNoDelay(true);
        server.setTcpNoDelay(true);
    }

    void start(Runnable atEnd) {
        Thread.ofVirtual().name("proxy-requests").start(() -> run(this::pumpRequests, atEnd));
        Thread.ofVirtual().name("proxy-replies").start(() -> run(this::pumpReplies, atEnd));
    }

    /** Both sides see "connection reset by peer". */
    void reset() {
        reset(client);
        reset(server);
    }

    static void reset(Socket socket) {
        try {
            socket.setSoLinger(true, 0);
            socket.close();
        } catch (IOException closedAlready) {
            // That is what was wanted.
        }
    }

    private interface Pump {
        void run() throws IOException, InterruptedException;
    }

    private void run(Pump pump, Runnable atEnd) {
        try {
            pump.run();
        } catch (IOException | InterruptedException broken) {
            // Then the other side has to notice, too.
        } finally {
            reset();
            if (pumps.decrementAndGet() == 0) {
                atEnd.run();
            }
        }
    }

    private void pumpRequests() throws IOException, InterruptedException {
        InputStream in = client.getInputStream();
        OutputStream out = server.getOutputStream();
        byte[] buffer = new byte[BUFFER];
        for (int length = in.read(buffer); length >= 0; length = in.read(buffer)) {
            pause(proxy.requestDelay());
            if (proxy.isBlackHole()) {
                continue;
            }
            Fault fault = proxy.strikeOn(buffer, length);
            if (fault != null && fault.kind() == Fault.Kind.HOLD_REQUEST) {
                fault.strikeAndHold();
            } else if (fault != null && fault.kind() == Fault.Kind.CUT_REQUEST) {
                out.write(buffer, 0, Math.min(length, fault.bytes()));
                fault.strike();
                return;
            } else if (fault != null) {
                faultOfReply.set(fault);
            }
            out.write(buffer, 0, length);
        }
    }

    private void pumpReplies() throws IOException, InterruptedException {
        InputStream in = server.getInputStream();
        OutputStream out = client.getOutputStream();
        byte[] buffer = new byte[BUFFER];
        boolean swallowing = false;
        for (int length = in.read(buffer); length >= 0; length = in.read(buffer)) {
            pause(proxy.replyDelay());
            proxy.carryReply(length);
            Fault fault = faultOfReply.getAndSet(null);
            if (fault != null && fault.kind() == Fault.Kind.HOLD_REPLY) {
                fault.strikeAndHold();
            } else if (fault != null && fault.kind() == Fault.Kind.CUT_REPLY) {
                out.write(buffer, 0, Math.min(length, fault.bytes()));
                fault.strike();
                return;
            } else if (fault != null) {
                swallowing = true;
                fault.strike();
            }
            if (!swallowing && !proxy.isBlackHole()) {
                out.write(buffer, 0, length);
            }
        }
    }

    private static void pause(Duration delay) throws InterruptedException {
        if (!delay.isZero()) {
            Thread.sleep(delay);
        }
    }
}
