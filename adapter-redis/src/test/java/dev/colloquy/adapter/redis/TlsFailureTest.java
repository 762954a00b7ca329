package dev.colloquy.adapter.redis;

import static dev.colloquy.adapter.redis.Conversations.save;
import static java.nio.charset.StandardCharsets.US_ASCII;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.colloquy.adapter.redis.testing.FaultyProxy;
import dev.colloquy.adapter.redis.testing.RedisServer;
import dev.colloquy.domain.conversation.ConversationId;
import dev.colloquy.domain.error.StoreAccessRefused;
import dev.colloquy.domain.error.StoreUnavailable;
import dev.colloquy.domain.port.out.StoreHealth;
import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.time.Duration;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

@DisplayName("A TLS handshake that fails")
class TlsFailureTest {

    private static final ConversationId ALEX = ConversationId.of("onboarding", "alex");

    private static final byte ALERT = 0x15;
    private static final int RECORD_HEADER = 5;
    private static final int WARNING = 1;
    private static final int FATAL = 2;
    private static final int CLOSE_NOTIFY = 0;
    /** With which the last part of a client's handshake begins. */
    private static final String CHANGE_CIPHER_SPEC = "\u0014\u0003\u0003\u0000\u0001\u0001";

    private static final int MORE_CONNECTIONS_THAN_ARE_TRIED = 100;

    private static byte[] alert(int description) {
        int level = description == CLOSE_NOTIFY ? WARNING : FATAL;
        return new byte[] {ALERT, 3, 3, 0, 2, (byte) level, (byte) description};
    }

    /** Answers each handshake with the same bytes and closes, as a proxy may do whose backend is away. */
    private static final class Refuser implements AutoCloseable {

        private final ServerSocket listener = new ServerSocket(0, 50, InetAddress.getLoopbackAddress());
        private final byte[] answer;

        private Refuser(byte[] answer) throws IOException {
            this.answer = answer;
        }

        static Refuser with(byte[] answer) throws IOException {
            Refuser refuser = new Refuser(answer);
            Thread.ofVirtual().start(refuser::refuseAll);
            return refuser;
        }

        RedisSettings settings() {
            return RedisSettings.of("rediss://127.0.0.1:" + listener.getLocalPort());
        }

        private void refuseAll() {
            while (!listener.isClosed()) {
                try (Socket client = listener.accept()) {
                    byte[] header = client.getInputStream().readNBytes(RECORD_HEADER);
                    int length = Byte.toUnsignedInt(header[3]) << Byte.SIZE | Byte.toUnsignedInt(header[4]);
                    client.getInputStream().readNBytes(length);
                    client.getOutputStream().write(answer);
                    client.shutdownOutput();
                    client.getInputStream().readAllBytes();
                } catch (IOException gone) {
                    // The client, or all of it.
                }
            }
        }

        @Override
        public void close() throws IOException {
            listener.close();
        }
    }

    @ParameterizedTest(name = "alert {0}")
    @ValueSource(ints = {CLOSE_NOTIFY, 80 /* internal_error */})
    @DisplayName("because the other side cannot go on is an outage")
    void outage(int description) throws IOException {
        try (Refuser refuser = Refuser.with(alert(description))) {
            unavailable(refuser.settings());
        }
    }

    @ParameterizedTest(name = "alert {0}")
    @ValueSource(ints = {40 /* handshake_failure */, 48 /* unknown_ca */, 70 /* protocol_version */})
    @DisplayName("because the two sides do not agree is a refusal, which lasts")
    void refusal(int description) throws IOException {
        refused(alert(description));
    }

    @Test
    @DisplayName("because the other side speaks no TLS is a refusal, too")
    void plainText() throws IOException {
        refused("-DENIED Redis is running in protected mode\r\n".getBytes(US_ASCII));
    }

    @ParameterizedTest(name = "{0}")
    @ValueSource(strings = {"TLSv1.2", "TLSv1.3"})
    @DisplayName("because the server wants a certificate of the client is a refusal, also if it says so afterwards")
    void clientCertificate(String protocol) {
        try (RedisServer redis =
                RedisServer.builder().tls().set("tls-protocols", protocol).start()) {
            redis.call("CONFIG", "SET", "tls-auth-clients", "yes");
            refused(RedisSettings.of(redis.url()));
            refused(RedisSettings.of(redis.url("alex", "secret")));
        }
    }

    @Test
    @DisplayName("because the server wants a certificate of the client is a refusal, also if its alert is lost")
    void lostAlert() {
        try (RedisServer redis = RedisServer.builder().tls().start();
                FaultyProxy proxy = FaultyProxy.before(redis.port())) {
            redis.call("CONFIG", "SET", "tls-auth-clients", "yes");
            cutLastFlights(proxy);
            refused(settings(proxy));
        }
    }

    @Test
    @DisplayName("because the connection broke at the end of it is an outage")
    void brokenAtTheEnd() {
        try (RedisServer redis = RedisServer.builder().tls().start();
                FaultyProxy proxy = FaultyProxy.before(redis.port())) {
            cutLastFlights(proxy);
            unavailable(settings(proxy));
        }
    }

    /** Resets connections when the client has sent the last part of its handshake, which does not arrive. */
    private static void cutLastFlights(FaultyProxy proxy) {
        for (int connection = 0; connection < MORE_CONNECTIONS_THAN_ARE_TRIED; connection++) {
            proxy.cutNextRequest(CHANGE_CIPHER_SPEC, 0);
        }
    }

    private static RedisSettings settings(FaultyProxy proxy) {
        return RedisSettings.of("rediss://127.0.0.1:" + proxy.port());
    }

    private static void refused(byte[] answer) throws IOException {
        try (Refuser refuser = Refuser.with(answer)) {
            refused(refuser.settings());
        }
    }

    private static void refused(RedisSettings settings) {
        try (RedisConversationStore store = connect(RedisHarness.patient(settings))) {
            assertThatThrownBy(() -> save(store, ALEX, "m"))
                    .isInstanceOf(StoreAccessRefused.class)
                    .hasMessageContaining("trusts the server's certificate");
            assertThat(store.checkHealth().status()).isEqualTo(StoreHealth.Status.REFUSED);
        }
    }

    /** Soon, as an attempt in vain is that however slow the computer is. */
    private static void unavailable(RedisSettings settings) {
        try (RedisConversationStore store =
                connect(RedisHarness.patient(settings, Duration.ofMillis(500), Duration.ofSeconds(1)))) {
            assertThatThrownBy(() -> save(store, ALEX, "m")).isInstanceOf(StoreUnavailable.class);
            assertThat(store.checkHealth().status()).isEqualTo(StoreHealth.Status.UNAVAILABLE);
        }
    }

    private static RedisConversationStore connect(RedisSettings settings) {
        return RedisConversationStore.connect(
                settings.withTrustStore(RedisServer.trustStore(), RedisServer.trustStorePassword()));
    }
}
