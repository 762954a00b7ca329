package dev.colloquy.adapter.http;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.colloquy.domain.conversation.ConversationView;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.Socket;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.Locale;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.FutureTask;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;

@DisplayName("The server")
class LifecycleTest {

    private static final String MESSAGES = "/v1/agents/onboarding/users/alex/conversation/messages";

    @Test
    @DisplayName("finishes what runs and refuses what is new when it stops")
    void graceful() throws Exception {
        CountDownLatch running = new CountDownLatch(1);
        CountDownLatch go = new CountDownLatch(1);
        HttpPorts slow = slowReads(running, go);
        HttpServer server = HttpServer.start(Client.SETTINGS.withStopGrace(Duration.ofSeconds(30)), slow);
        try (Client client = Client.of(server)) {
            var read = new FutureTask<HttpResponse<String>>(() -> client.get(MESSAGES));
            Thread.ofVirtual().start(read);
            await(running);
            Thread stop = Thread.ofVirtual().start(client.server()::close);
            while (!refused(client)) {
                Thread.onSpinWait();
            }
            assertThat(stop.isAlive()).isTrue();
            go.countDown();

            assertThat(read.get(20, TimeUnit.SECONDS).statusCode()).isEqualTo(200);
            assertThat(stop.join(Duration.ofSeconds(20))).isTrue();
        }
    }

    @Test
    @DisplayName(
            "still answers what comes on open connections in the first moment of its stop, as the last thing on each")
    void lastRequests() throws Exception {
        CountDownLatch running = new CountDownLatch(1);
        CountDownLatch go = new CountDownLatch(1);
        HttpPorts slowReads = slowReads(running, go);
        HttpServer server = HttpServer.start(Client.SETTINGS.withStopGrace(Duration.ofMinutes(1)), slowReads);
        try (Client client = Client.of(server);
                Socket open = new Socket(InetAddress.getLoopbackAddress(), server.port())) {
            open.setSoTimeout(20_000);
            assertThat(live(open)).contains("200").doesNotContain("connection: close");
            Thread.ofVirtual().start(new FutureTask<>(() -> client.get(MESSAGES)));
            await(running);
            Thread stop = Thread.ofVirtual().start(server::close);
            while (!isStopping(server)) {
                Thread.onSpinWait();
            }

            assertThat(live(open)).contains("200").contains("connection: close");
            assertThat(open.getInputStream().read()).isEqualTo(-1);
            go.countDown();
            assertThat(stop.join(Duration.ofSeconds(20))).isTrue();
        }
    }

    /** Whether it refuses a new connection, or says that its answer is the last one. */
    private static boolean isStopping(HttpServer server) {
        try (Socket socket = new Socket(InetAddress.getLoopbackAddress(), server.port())) {
            return live(socket).contains("connection: close");
        } catch (IOException refused) {
            return true;
        }
    }

    /** The head of the answer to a question about its life, in lower case, or what there is of it. */
    private static String live(Socket socket) throws IOException {
        socket.getOutputStream()
                .write("GET /health/live HTTP/1.1\r\nHost: a\r\n\r\n".getBytes(StandardCharsets.US_ASCII));
        byte[] answer = new byte[4096];
        int length = socket.getInputStream().read(answer);
        return new String(answer, 0, Math.max(0, length), StandardCharsets.US_ASCII).toLowerCase(Locale.ROOT);
    }

    @Test
    @DisplayName("waits no longer than its grace")
    void bounded() throws Exception {
        CountDownLatch running = new CountDownLatch(1);
        CountDownLatch never = new CountDownLatch(1);
        HttpPorts stuck = slowReads(running, never);
        HttpServer server = HttpServer.start(Client.SETTINGS.withStopGrace(Duration.ofMillis(100)), stuck);
        try (Client client = Client.of(server)) {
            Thread.ofVirtual().start(new FutureTask<>(() -> client.get(MESSAGES)));
            await(running);
            Thread stop = Thread.ofVirtual().start(server::close);

            assertThat(stop.join(Duration.ofSeconds(20))).isTrue();
        }
    }

    @Test
    @DisplayName("may be closed twice")
    void twice() {
        HttpServer server = HttpServer.start(Client.SETTINGS, new TestStore().ports());
        server.close();
        server.close();

        assertThat(server.port()).isPositive();
    }

    @Test
    @DisplayName("says which address it cannot listen on, and why")
    void taken() {
        try (Client client = Client.ofNewServer()) {
            int port = client.server().port();
            HttpSettings same = Client.SETTINGS.withPort(port);
            HttpPorts ports = client.store().ports();

            assertThatThrownBy(() -> HttpServer.start(same, ports))
                    .isInstanceOf(UncheckedIOException.class)
                    .hasMessageContaining("cannot listen on 127.0.0.1:" + port)
                    .hasMessageContaining("in use");
        }
    }

    /** Where a read says that it is running, and waits. */
    private static HttpPorts slowReads(CountDownLatch running, CountDownLatch go) {
        HttpPorts ports = new TestStore().ports();
        return new HttpPorts(
                ports.saveMessage(),
                (id, range) -> {
                    running.countDown();
                    await(go);
                    return ConversationView.empty(id);
                },
                ports.clearConversation(),
                ports.listConversations(),
                ports.checkReadiness());
    }

    private static boolean refused(Client client) {
        try (var socket =
                new Socket(InetAddress.getLoopbackAddress(), client.server().port())) {
            return !socket.isConnected();
        } catch (IOException e) {
            return true;
        }
    }

    private static void await(CountDownLatch latch) {
        try {
            if (!latch.await(30, TimeUnit.SECONDS)) {
                throw new IllegalStateException("waited in vain");
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IllegalStateException(e);
        }
    }
}
