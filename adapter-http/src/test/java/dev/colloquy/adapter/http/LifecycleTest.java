package dev.colloquy.adapter.http;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.colloquy.domain.conversation.ConversationView;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.Socket;
import java.net.http.HttpResponse;
import java.time.Duration;
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
        HttpPorts ports = new TestStore().ports();
        HttpPorts slow = new HttpPorts(
                ports.saveMessage(),
                (id, range) -> {
                    running.countDown();
                    await(go);
                    return ConversationView.empty(id);
                },
                ports.clearConversation(),
                ports.listConversations(),
                ports.checkReadiness());
        try (Client client = Client.ofNewServer(slow)) {
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
    @DisplayName("waits no longer than its grace")
    void bounded() throws Exception {
        CountDownLatch running = new CountDownLatch(1);
        CountDownLatch never = new CountDownLatch(1);
        HttpPorts ports = new TestStore().ports();
        HttpPorts stuck = new HttpPorts(
                ports.saveMessage(),
                (id, range) -> {
                    running.countDown();
                    await(never);
                    return ConversationView.empty(id);
                },
                ports.clearConversation(),
                ports.listConversations(),
                ports.checkReadiness());
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
