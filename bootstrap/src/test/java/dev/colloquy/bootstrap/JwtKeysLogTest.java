package dev.colloquy.bootstrap;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import ch.qos.logback.classic.Level;
import ch.qos.logback.classic.Logger;
import ch.qos.logback.classic.spi.ILoggingEvent;
import ch.qos.logback.core.read.ListAppender;
import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import dev.colloquy.adapter.http.access.JwtAccess;
import dev.colloquy.adapter.http.access.JwtSettings;
import dev.colloquy.adapter.http.problem.ProblemException;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.security.GeneralSecurityException;
import java.security.KeyPair;
import java.security.KeyPairGenerator;
import java.security.Signature;
import java.security.interfaces.RSAPublicKey;
import java.time.Instant;
import java.util.Base64;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.slf4j.LoggerFactory;

@DisplayName("Keys at a URL")
class JwtKeysLogTest {

    private final ListAppender<ILoggingEvent> lines = new ListAppender<>();
    private final KeyPair pair = newPair();
    private volatile boolean served;
    private HttpServer issuer;
    private String url;
    private JwtAccess access;

    @BeforeEach
    void listen() throws IOException {
        issuer = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
        issuer.createContext("/", this::answer);
        issuer.start();
        url = "http://127.0.0.1:" + issuer.getAddress().getPort() + "/keys";
        access = new JwtAccess(new JwtSettings("issuer", "colloquy", url, "agents"));
        lines.start();
        logger().setLevel(Level.INFO);
        logger().addAppender(lines);
    }

    @AfterEach
    void stopListening() {
        issuer.stop(0);
        logger().detachAppender(lines);
        logger().setLevel(null);
    }

    @Test
    @DisplayName("that cannot be fetched are said in the log once, with the reason, and once when they are there again")
    void onceEach() throws GeneralSecurityException {
        String token = token();

        assertThatThrownBy(() -> access.recognise(token)).isInstanceOf(ProblemException.class);
        served = true;
        assertThat(access.recognise(token)).isPresent();
        assertThat(access.recognise(token)).isPresent();

        assertThat(lines.list).extracting(ILoggingEvent::getLevel).containsExactly(Level.ERROR, Level.INFO);
        assertThat(lines.list.getFirst().getFormattedMessage())
                .contains("COLLOQUY_JWT_KEYS", "503")
                .doesNotContain(token, url);
    }

    @Test
    @DisplayName("that are never there are said in the log once, however many callers are refused")
    void once() throws GeneralSecurityException {
        String token = token();

        for (int i = 0; i < 4; i++) {
            assertThatThrownBy(() -> access.recognise(token)).isInstanceOf(ProblemException.class);
        }

        assertThat(lines.list).extracting(ILoggingEvent::getLevel).containsExactly(Level.ERROR);
    }

    private void answer(HttpExchange exchange) throws IOException {
        if (served) {
            byte[] modulus = ((RSAPublicKey) pair.getPublic()).getModulus().toByteArray();
            String set =
                    "{\"keys\":[{\"kty\":\"RSA\",\"kid\":\"k\",\"e\":\"AQAB\",\"n\":\"" + encoded(modulus) + "\"}]}";
            exchange.sendResponseHeaders(200, set.length());
            exchange.getResponseBody().write(set.getBytes(UTF_8));
        } else {
            exchange.sendResponseHeaders(503, -1);
        }
        exchange.close();
    }

    private String token() throws GeneralSecurityException {
        String claims = "{\"iss\":\"issuer\",\"aud\":\"colloquy\",\"sub\":\"alex\",\"exp\":"
                + Instant.now().plusSeconds(600).getEpochSecond() + "}";
        String signed =
                encoded("{\"alg\":\"RS256\",\"kid\":\"k\"}".getBytes(UTF_8)) + "." + encoded(claims.getBytes(UTF_8));
        Signature signature = Signature.getInstance("SHA256withRSA");
        signature.initSign(pair.getPrivate());
        signature.update(signed.getBytes(UTF_8));
        return signed + "." + encoded(signature.sign());
    }

    private static String encoded(byte[] bytes) {
        return Base64.getUrlEncoder().withoutPadding().encodeToString(bytes);
    }

    private static KeyPair newPair() {
        try {
            KeyPairGenerator generator = KeyPairGenerator.getInstance("RSA");
            generator.initialize(2048);
            return generator.generateKeyPair();
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException(e);
        }
    }

    private static Logger logger() {
        return (Logger) LoggerFactory.getLogger(JwtAccess.class);
    }
}
