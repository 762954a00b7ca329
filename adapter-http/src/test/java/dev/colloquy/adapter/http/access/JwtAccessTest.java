package dev.colloquy.adapter.http.access;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import com.nimbusds.jose.JWSAlgorithm;
import com.nimbusds.jose.JWSHeader;
import com.nimbusds.jose.crypto.ECDSASigner;
import com.nimbusds.jose.jwk.Curve;
import com.nimbusds.jose.jwk.ECKey;
import com.nimbusds.jose.jwk.JWKSet;
import com.nimbusds.jose.jwk.gen.ECKeyGenerator;
import com.nimbusds.jwt.SignedJWT;
import com.sun.net.httpserver.HttpServer;
import dev.colloquy.adapter.http.problem.ProblemException;
import dev.colloquy.adapter.http.problem.ProblemType;
import dev.colloquy.domain.error.InvalidValue;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Base64;
import java.util.Set;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.locks.LockSupport;
import java.util.function.BooleanSupplier;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

@DisplayName("A JWT")
class JwtAccessTest {

    private static final TestIssuer ISSUER = new TestIssuer();
    private static final TestIssuer STRANGER = new TestIssuer("made-up");

    /** Keys are fetched twice in five seconds at most. */
    private static final int MORE_THAN_FETCHED = 4;

    @TempDir
    private Path folder;

    private JwtAccess access;

    @BeforeEach
    void open() throws IOException {
        access = new JwtAccess(ISSUER.settings(folder));
    }

    @Test
    @DisplayName("binds the caller to its own user and to the agents of the claim")
    void binds() {
        assertThat(access.recognise(ISSUER.token("alex")))
                .contains(new Caller(
                        "jwt:alex", Set.of("onboarding"), Set.of(Caller.Scope.READ, Caller.Scope.WRITE), "alex"));
    }

    @Test
    @DisplayName("may be limited to reading, and may list its agents in one string")
    void scope() {
        String token = ISSUER.token(
                "alex", claims -> claims.claim("scope", "openid read").claim("agents", "a b"));

        assertThat(access.recognise(token))
                .contains(new Caller("jwt:alex", Set.of("a", "b"), Set.of(Caller.Scope.READ), "alex"));
    }

    @Test
    @DisplayName("without the claim is for no agent")
    void noAgents() {
        Caller caller = access.recognise(ISSUER.token("alex", claims -> claims.claim("agents", null)))
                .orElseThrow();

        assertThat(caller.may(Caller.Scope.READ, "onboarding", "alex")).isFalse();
    }

    @Test
    @DisplayName("is not accepted when expired, tampered with, unsigned, from or for somebody else, or no JWT at all")
    void refused() {
        assertThat(access.recognise(ISSUER.expired("alex"))).isEmpty();
        assertThat(access.recognise(ISSUER.tampered("alex"))).isEmpty();
        assertThat(access.recognise(ISSUER.unsigned("alex"))).isEmpty();
        assertThat(access.recognise(new TestIssuer().token("alex"))).isEmpty();
        assertThat(access.recognise(ISSUER.token("alex", claims -> claims.issuer("https://other.example"))))
                .isEmpty();
        assertThat(access.recognise(ISSUER.token("alex", claims -> claims.audience("other"))))
                .isEmpty();
        assertThat(access.recognise(ISSUER.token("alex", claims -> claims.expirationTime(null))))
                .isEmpty();
        assertThat(access.recognise(ISSUER.token("alex", claims -> claims.subject(null))))
                .isEmpty();
        assertThat(access.recognise(ISSUER.token("alex", claims -> claims.subject(" "))))
                .isEmpty();
        assertThat(access.recognise("no.jwt.atall")).isEmpty();
        assertThat(access.recognise(unsigned("null", 3))).isEmpty();
        assertThat(access.recognise(unsigned("{\"alg\":\"RSA-OAEP-256\",\"enc\":\"A256GCM\",\"p2c\":-1}", 5)))
                .isEmpty();
        assertThat(access.recognise("")).isEmpty();
    }

    /** A token with this header and nothing else. */
    private static String unsigned(String header, int parts) {
        String encoded = Base64.getUrlEncoder().withoutPadding().encodeToString(header.getBytes(UTF_8));
        return encoded + ".e30".repeat(parts - 1);
    }

    @Test
    @DisplayName("may say that it is a JWT or an access token, and is not accepted when it is one for something else")
    void type() {
        assertThat(access.recognise(ISSUER.typed("alex", "JWT"))).isPresent();
        assertThat(access.recognise(ISSUER.typed("alex", "at+jwt"))).isPresent();
        assertThat(access.recognise(ISSUER.typed("alex", "application/at+jwt"))).isPresent();
        assertThat(access.recognise(ISSUER.typed("alex", "logout+jwt"))).isEmpty();
    }

    @Test
    @DisplayName("is not accepted with a null for the user or the expiry, which would be no limit at all")
    void nulls() {
        assertThat(access.recognise(ISSUER.token(
                        "alex", claims -> claims.serializeNullClaims(true).subject(null))))
                .isEmpty();
        assertThat(access.recognise(ISSUER.token(
                        "alex", claims -> claims.serializeNullClaims(true).expirationTime(null))))
                .isEmpty();
    }

    @Test
    @DisplayName("is verified with keys from a URL; while they cannot be fetched that is said, not called invalid")
    void keysFromUrl() throws IOException {
        HttpServer server = serveKeys();
        JwtSettings settings = settings(server);
        try {
            assertThat(new JwtAccess(settings).recognise(ISSUER.token("alex"))).isPresent();
        } finally {
            server.stop(0);
        }

        JwtAccess without = new JwtAccess(settings);
        for (int i = 0; i < MORE_THAN_FETCHED; i++) {
            assertThatThrownBy(() -> without.recognise(ISSUER.token("alex")))
                    .isInstanceOfSatisfying(
                            ProblemException.class,
                            e -> assertThat(e.problem().type()).isEqualTo(ProblemType.KEYS_UNAVAILABLE));
        }
    }

    @Test
    @DisplayName("that names a key which is not there is not accepted, however often: that is no outage of the keys")
    void unknownKey() throws IOException {
        HttpServer server = serveKeys();
        try {
            JwtAccess fetching = new JwtAccess(settings(server));
            for (int i = 0; i < MORE_THAN_FETCHED; i++) {
                assertThat(fetching.recognise(STRANGER.token("alex"))).isEmpty();
            }
            assertThat(fetching.recognise(ISSUER.token("alex"))).isPresent();
        } finally {
            server.stop(0);
        }
    }

    @Test
    @DisplayName("is verified with keys from a provider that takes its time")
    void slowKeys() throws IOException {
        HttpServer server = serveKeys(() -> {
            LockSupport.parkNanos(Duration.ofMillis(1200).toNanos());
            return true;
        });
        try {
            assertThat(new JwtAccess(settings(server)).recognise(ISSUER.token("alex")))
                    .isPresent();
        } finally {
            server.stop(0);
        }
    }

    @Test
    @DisplayName("is verified again when the time to retry is over that was named while the keys could not be fetched")
    void keysBack() throws IOException {
        AtomicBoolean isBack = new AtomicBoolean();
        HttpServer server = serveKeys(isBack::get);
        try {
            JwtAccess fetching = new JwtAccess(settings(server));
            String retryAfter = "";
            for (int i = 0; i < MORE_THAN_FETCHED; i++) {
                retryAfter = retryAfter(fetching);
            }
            isBack.set(true);
            LockSupport.parkNanos(Duration.ofSeconds(Long.parseLong(retryAfter))
                    .plusMillis(100)
                    .toNanos());
            assertThat(fetching.recognise(ISSUER.token("alex"))).isPresent();
        } finally {
            server.stop(0);
        }
    }

    private static String retryAfter(JwtAccess without) {
        ProblemException refused =
                catchThrowableOfType(ProblemException.class, () -> without.recognise(ISSUER.token("alex")));
        return refused.problem().headers().getFirst().value();
    }

    private HttpServer serveKeys() throws IOException {
        return serveKeys(() -> true);
    }

    private HttpServer serveKeys(BooleanSupplier works) throws IOException {
        byte[] keys = Files.readAllBytes(Path.of(ISSUER.settings(folder).keys()));
        HttpServer server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
        server.createContext("/keys", exchange -> {
            exchange.sendResponseHeaders(works.getAsBoolean() ? 200 : 500, keys.length);
            exchange.getResponseBody().write(keys);
            exchange.close();
        });
        server.start();
        return server;
    }

    private JwtSettings settings(HttpServer server) throws IOException {
        JwtSettings fromFile = ISSUER.settings(folder);
        String url = "http://127.0.0.1:" + server.getAddress().getPort() + "/keys";
        return new JwtSettings(fromFile.issuer(), fromFile.audience(), url, fromFile.agentsClaim());
    }

    @Test
    @DisplayName("needs keys that can be read")
    void settings() {
        assertThatThrownBy(() -> new JwtAccess(
                        new JwtSettings("i", "a", folder.resolve("none").toString(), "agents")))
                .isInstanceOf(InvalidValue.class)
                .hasMessageContaining("COLLOQUY_JWT_KEYS");
        assertThatThrownBy(() -> new JwtAccess(new JwtSettings("i", "a", "https://me:SECRET@[keys/set", "agents")))
                .isInstanceOf(InvalidValue.class)
                .hasMessageContaining("COLLOQUY_JWT_KEYS was \"https://…@[keys/set\"")
                .hasMessageNotContaining("SECRET");
        assertThatThrownBy(() -> new JwtSettings("", "a", "k", "agents")).hasMessageContaining("COLLOQUY_JWT_ISSUER");
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "{\"kty\":\"oct\",\"k\":\"c2VjcmV0\"}"})
    @DisplayName("cannot be verified with a file that holds no key, or only shared secrets")
    void noKeys(String keys) throws IOException {
        Path file = Files.writeString(folder.resolve("keys.json"), "{\"keys\":[" + keys + "]}");

        assertThatThrownBy(() -> new JwtAccess(new JwtSettings("i", "a", file.toString(), "agents")))
                .isInstanceOf(InvalidValue.class)
                .hasMessageContaining("COLLOQUY_JWT_KEYS")
                .hasMessageContaining("RSA or EC")
                .hasMessageNotContaining("c2VjcmV0");
    }

    @ParameterizedTest
    @ValueSource(strings = {"ES256", "ES384", "ES512"})
    @DisplayName("may be signed with a key on an elliptic curve")
    void ellipticCurve(String name) throws Exception {
        JWSAlgorithm algorithm = JWSAlgorithm.parse(name);
        ECKey key = new ECKeyGenerator(
                        Curve.forJWSAlgorithm(algorithm).iterator().next())
                .keyID("e1")
                .generate();
        Path keys = Files.writeString(folder.resolve("ec.json"), new JWKSet(key.toPublicJWK()).toString());
        JwtSettings usual = ISSUER.settings(folder);
        SignedJWT token = new SignedJWT(
                new JWSHeader.Builder(algorithm).keyID("e1").build(),
                SignedJWT.parse(ISSUER.token("alex")).getJWTClaimsSet());
        token.sign(new ECDSASigner(key));

        JwtAccess elliptic =
                new JwtAccess(new JwtSettings(usual.issuer(), usual.audience(), keys.toString(), usual.agentsClaim()));
        assertThat(elliptic.recognise(token.serialize())).isPresent();
        assertThat(elliptic.recognise(ISSUER.token("alex"))).isEmpty();
    }
}
