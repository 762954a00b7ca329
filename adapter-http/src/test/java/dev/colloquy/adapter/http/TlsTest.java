package dev.colloquy.adapter.http;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.colloquy.domain.error.InvalidValue;
import java.net.InetAddress;
import java.net.Socket;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

@DisplayName("TLS")
class TlsTest {

    @TempDir
    private Path directory;

    @ParameterizedTest
    @ValueSource(strings = {"RSA", "EC", "Ed25519"})
    @DisplayName("serves a certificate of each usual kind")
    void serves(String algorithm) throws Exception {
        TestKeys keys = TestKeys.make(directory, algorithm);
        ServerCertificate certificate = ServerCertificate.read(keys.certificate(), keys.key());
        HttpSettings settings = Client.SETTINGS.withCertificate(certificate);
        try (HttpServer server = HttpServer.start(settings, new TestStore().ports());
                HttpClient http =
                        HttpClient.newBuilder().sslContext(keys.trusting()).build()) {
            URI live = URI.create("https://127.0.0.1:" + server.port() + "/health/live");
            HttpRequest request =
                    HttpRequest.newBuilder(live).timeout(Duration.ofSeconds(20)).build();

            assertThat(http.send(request, BodyHandlers.ofString()).statusCode()).isEqualTo(200);
        }
    }

    @Test
    @DisplayName("cuts off a client that does not shake hands, and answers nothing without TLS")
    void handshake() throws Exception {
        TestKeys keys = TestKeys.make(directory, "EC");
        HttpSettings settings = Client.SETTINGS
                .withCertificate(ServerCertificate.read(keys.certificate(), keys.key()))
                .withLimits(HttpLimits.DEFAULT.withRequestTimeout(Duration.ofMillis(200)));
        try (HttpServer server = HttpServer.start(settings, new TestStore().ports());
                Socket silent = new Socket(InetAddress.getLoopbackAddress(), server.port());
                Socket plain = new Socket(InetAddress.getLoopbackAddress(), server.port())) {
            silent.setSoTimeout(20_000);
            plain.setSoTimeout(20_000);
            plain.getOutputStream()
                    .write("GET /health/live HTTP/1.1\r\nHost: x\r\n\r\n".getBytes(StandardCharsets.US_ASCII));

            assertThat(new String(plain.getInputStream().readAllBytes(), StandardCharsets.UTF_8))
                    .doesNotContain("HTTP/1.1");
            assertThat(silent.getInputStream().read()).isEqualTo(-1);
        }
    }

    @Test
    @DisplayName("refuses files that are not there, hold something else or do not belong together, showing no key")
    void mistakes() throws Exception {
        TestKeys one = TestKeys.make(directory, "EC");
        TestKeys other = TestKeys.make(Files.createDirectory(directory.resolve("with a space")), "EC");
        TestKeys rsa = TestKeys.make(directory, "RSA");
        Path missing = directory.resolve("missing");

        assertMistake(missing, one.key(), "certificate");
        assertMistake(one.key(), one.key(), "certificate");
        assertMistake(one.certificate(), missing, "key");
        assertMistake(one.certificate(), one.certificate(), "key");
        assertMistake(one.certificate(), other.key(), "key");
        assertMistake(one.certificate(), rsa.key(), "key");
        assertThat(ServerCertificate.read(one.certificate(), one.key())).hasToString("certificate of CN=localhost");
    }

    private static void assertMistake(Path certificate, Path key, String field) {
        assertThatThrownBy(() -> ServerCertificate.read(certificate, key))
                .isInstanceOfSatisfying(
                        InvalidValue.class, e -> assertThat(e.field()).isEqualTo(field))
                .hasMessageNotContaining("BEGIN CERT")
                .hasNoCause();
    }
}
