package dev.colloquy.adapter.http;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.net.SocketException;
import java.net.SocketTimeoutException;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicLong;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Test;

@DisplayName("A client that")
class SlowClientTest {

    private static final String MESSAGES = "/v1/agents/onboarding/users/alex/conversation/messages";
    private static final Duration TIMEOUT = Duration.ofMillis(300);
    private static final HttpSettings SETTINGS = Client.SETTINGS
            .withReadTimeout(TIMEOUT)
            .withLimits(HttpLimits.DEFAULT.withRequestTimeout(TIMEOUT).withConnections(2));

    @Test
    @DisplayName("drips its request line is cut off")
    void requestLine() throws Exception {
        assertThat(dripping("GET /health/live", "x")).isEmpty();
    }

    @Test
    @DisplayName("drips its headers is cut off")
    void headers() throws Exception {
        assertThat(dripping("GET /health/live HTTP/1.1\r\nHost: x\r\n", "A: b\r\n"))
                .isEmpty();
    }

    @Test
    @DisplayName("drips its body is told so, and cut off")
    void body() throws Exception {
        String head = "POST " + MESSAGES + " HTTP/1.1\r\nHost: x\r\nContent-Type: application/json\r\n"
                + "Content-Length: 9000\r\n\r\n";

        assertThat(dripping(head, " "))
                .satisfiesAnyOf(
                        answer -> assertThat(answer).isEmpty(),
                        answer -> assertThat(answer).startsWith("HTTP/1.1 408 "));
    }

    @Test
    @DisplayName("drips a chunk of its body is cut off")
    void chunk() throws Exception {
        String head = "POST " + MESSAGES + " HTTP/1.1\r\nHost: x\r\nContent-Type: application/json\r\n"
                + "Transfer-Encoding: chunked\r\n\r\n1000\r\n";

        assertThat(dripping(head, " "))
                .satisfiesAnyOf(
                        answer -> assertThat(answer).isEmpty(),
                        answer -> assertThat(answer).startsWith("HTTP/1.1 4"));
    }

    @Test
    @DisplayName("sends nothing is cut off")
    void silent() throws Exception {
        assertThat(dripping("", "")).isEmpty();
    }

    @Test
    @DisplayName("sends nothing after an answer is cut off")
    void idle() throws Exception {
        assertThat(dripping("GET /health/live HTTP/1.1\r\nHost: x\r\n\r\n", "")).startsWith("HTTP/1.1 200 ");
    }

    @Test
    @DisplayName("finds all connections taken gets in when one has ended")
    void waits() throws Exception {
        try (Client client = Client.of(HttpServer.start(SETTINGS, new TestStore().ports()));
                Socket first = connect(client);
                Socket second = connect(client)) {
            assertThat(client.get("/health/live").statusCode()).isEqualTo(200);
            assertThat(first.isConnected() && second.isConnected()).isTrue();
        }
    }

    /** Sends the head and then, again and again, the drop; gives what comes back until the connection ends. */
    private static String dripping(String head, String drop) throws Exception {
        try (Client client = Client.of(HttpServer.start(SETTINGS, new TestStore().ports()));
                Socket socket = connect(client)) {
            socket.setSoTimeout(20);
            StringBuilder answer = new StringBuilder();
            OutputStream out = socket.getOutputStream();
            InputStream in = socket.getInputStream();
            byte[] piece = new byte[1024];
            long end = System.nanoTime() + Duration.ofSeconds(20).toNanos();
            try {
                out.write(head.getBytes(StandardCharsets.UTF_8));
                while (System.nanoTime() < end) {
                    try {
                        int read = in.read(piece);
                        if (read < 0) {
                            return answer.toString();
                        }
                        answer.append(new String(piece, 0, read, StandardCharsets.UTF_8));
                    } catch (SocketTimeoutException e) {
                        out.write(drop.getBytes(StandardCharsets.UTF_8));
                    }
                }
            } catch (SocketException e) {
                return answer.toString();
            }
            throw new AssertionError("the connection is still open");
        }
    }

    private static Socket connect(Client client) throws IOException {
        return new Socket(InetAddress.getLoopbackAddress(), client.server().port());
    }

    @Nested
    @DisplayName("is late")
    class Late {

        private static final InetSocketAddress ANN = InetSocketAddress.createUnresolved("ann", 1);

        private final AtomicLong nanos = new AtomicLong(Long.MAX_VALUE - 5);
        private final AtomicInteger ended = new AtomicInteger();
        private final Connections connections =
                new Connections(Duration.ofSeconds(30), Duration.ofSeconds(60), nanos::get);

        @Test
        @DisplayName("with its request is cut off")
        void request() {
            connections.opened(ANN, ended::incrementAndGet);
            look(29);
            assertThat(ended).hasValue(0);
            look(1);

            assertThat(ended).hasValue(1);
            assertThat(connections.size()).isZero();
        }

        @Test
        @DisplayName("is not cut off while the service works for it")
        void working() {
            connections.opened(ANN, ended::incrementAndGet);
            connections.of(ANN).working();
            look(3_600);
            assertThat(ended).hasValue(0);

            connections.of(ANN).transferring();
            look(30);
            assertThat(ended).hasValue(1);
        }

        @Test
        @DisplayName("may take longer between requests")
        void between() {
            connections.opened(ANN, ended::incrementAndGet);
            connections.of(ANN).idle();
            look(59);
            assertThat(ended).hasValue(0);
            look(1);
            assertThat(ended).hasValue(1);
        }

        private void look(int secondsLater) {
            nanos.addAndGet(Duration.ofSeconds(secondsLater).toNanos());
            connections.look();
        }
    }
}
