package dev.colloquy.adapter.http;

import static org.assertj.core.api.Assertions.assertThat;

import dev.colloquy.adapter.http.access.AccessControl;
import dev.colloquy.adapter.http.access.JwtAccess;
import dev.colloquy.adapter.http.access.NewToken;
import dev.colloquy.adapter.http.access.TestIssuer;
import dev.colloquy.adapter.http.access.TokenFile;
import java.io.IOException;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.SecureRandom;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.Predicate;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

@DisplayName("Access control")
class AccessTest {

    private static final String MESSAGE = "{\"role\":\"user\",\"content\":\"hello\"}";
    private static final TestIssuer ISSUER = new TestIssuer();
    private static final SecureRandom RANDOM = new SecureRandom();
    private static final NewToken FULL = NewToken.make("full", "onboarding", "read,write", RANDOM);
    private static final NewToken READER = NewToken.make("reader", "onboarding", "read", RANDOM);
    private static final NewToken WRITER = NewToken.make("writer", "onboarding", "write", RANDOM);
    private static final NewToken OTHER_AGENT = NewToken.make("other", "support", "read,write", RANDOM);

    @TempDir
    private static Path folder;

    private static Client client;

    private record Call(String method, String path) {
        private boolean writes() {
            return method.equals("POST") || method.equals("DELETE");
        }
    }

    @BeforeAll
    static void start() throws Exception {
        Path tokens = Files.writeString(
                folder.resolve("tokens"),
                String.join("\n", FULL.line(), READER.line(), WRITER.line(), OTHER_AGENT.line()));
        AccessControl access = TokenFile.open(tokens, System::nanoTime).or(new JwtAccess(ISSUER.settings(folder)));
        client = Client.ofNewServer(HttpFeatures.NONE.guardedBy(access).withMetrics(() -> "metrics"));
        assertThat(client.post(messages("alex"), MESSAGE, bearer(FULL.token())).statusCode())
                .isEqualTo(201);
    }

    @AfterAll
    static void stop() {
        client.close();
    }

    private static String messages(String user) {
        return "/v1/agents/onboarding/users/" + user + "/conversation/messages";
    }

    private static String[] bearer(String token) {
        return new String[] {"Authorization", "Bearer " + token};
    }

    /** Every route of the table but the open ones, for a user. */
    private static List<Call> guarded(String user) {
        List<Call> calls = new ArrayList<>();
        for (Route route : Routes.over(client.store().ports(), HttpFeatures.NONE.withMetrics(() -> ""))) {
            String template = route.template().text();
            if (template.startsWith("/v1/") || template.equals("/metrics")) {
                calls.add(new Call(
                        route.method(),
                        template.replace("{agent}", "onboarding").replace("{user}", user)));
            }
        }
        assertThat(calls).hasSizeGreaterThanOrEqualTo(6);
        return calls;
    }

    private static HttpResponse<String> send(Call call, String... headers) throws Exception {
        return call.method().equals("POST")
                ? client.post(call.path(), MESSAGE, headers)
                : client.send(call.method(), call.path(), BodyPublishers.noBody(), headers);
    }

    private static Map<String, String[]> intruders() throws IOException {
        Map<String, String[]> intruders = new HashMap<>();
        intruders.put("no token", new String[0]);
        intruders.put("another scheme", new String[] {"Authorization", "Basic " + FULL.token()});
        intruders.put("a wrong token", bearer("colloquy_wrong"));
        intruders.put("an empty token", bearer(""));
        intruders.put("a token for another agent", bearer(OTHER_AGENT.token()));
        intruders.put("a JWT of another user", bearer(ISSUER.token("mallory")));
        intruders.put("an expired JWT", bearer(ISSUER.expired("alex")));
        intruders.put("a tampered JWT", bearer(ISSUER.tampered("alex")));
        intruders.put("a JWT with alg none", bearer(ISSUER.unsigned("alex")));
        intruders.put("a JWT of another issuer", bearer(new TestIssuer().token("alex")));
        intruders.put(
                "a JWT for another agent", bearer(ISSUER.token("alex", claims -> claims.claim("agents", "support"))));
        return intruders;
    }

    @Test
    @DisplayName("gives intruders 401 or 403 on every route, the same bytes whether the conversation exists or not")
    void intrudersLearnNothing() throws Exception {
        for (Map.Entry<String, String[]> intruder : intruders().entrySet()) {
            List<Call> existing = guarded("alex");
            List<Call> missing = guarded("nobody");
            for (int i = 0; i < existing.size(); i++) {
                boolean forAllAgents = existing.get(i).path().equals("/metrics");
                if (forAllAgents && intruder.getKey().equals("a token for another agent")) {
                    continue; // metrics belong to no agent
                }
                HttpResponse<String> one = send(existing.get(i), intruder.getValue());
                HttpResponse<String> other = send(missing.get(i), intruder.getValue());

                assertThat(one.statusCode())
                        .as("%s: %s", intruder.getKey(), existing.get(i))
                        .isIn(401, 403);
                assertThat(one.headers().firstValue("Content-Type")).contains("application/problem+json");
                assertThat(other.statusCode()).isEqualTo(one.statusCode());
                assertThat(other.body()).isEqualTo(one.body());
            }
        }
        assertThat(client.get(messages("alex"), bearer(FULL.token())).body()).contains("hello");
        assertThat(client.get(messages("nobody"), bearer(FULL.token())).body()).isEqualTo("[]");
    }

    @Test
    @DisplayName("lets a reader read and not write")
    void reader() throws Exception {
        assertForbidden(READER, "alex", Call::writes);
    }

    /** To the holder of a token these calls, and no others. */
    private void assertForbidden(NewToken token, String user, Predicate<Call> which) throws Exception {
        for (Call call : guarded(user)) {
            assertThat(send(call, bearer(token.token())).statusCode() == 403)
                    .as(call.toString())
                    .isEqualTo(which.test(call));
        }
    }

    @Test
    @DisplayName("lets the holder of a JWT touch its own conversation, but not list those of others or see metrics")
    void ownConversation() throws Exception {
        String[] kim = bearer(ISSUER.token("kim"));

        assertThat(client.post(messages("kim"), MESSAGE, kim).statusCode()).isEqualTo(201);
        assertThat(client.get(messages("kim"), kim).statusCode()).isEqualTo(200);
        assertThat(client.get("/v1/agents/onboarding/conversations", kim).statusCode())
                .isEqualTo(403);
        assertThat(client.get("/metrics", kim).statusCode()).isEqualTo(403);
    }

    @Test
    @DisplayName("asks for a token on unknown routes, too, and says which scheme")
    void unknownRoutes() throws Exception {
        HttpResponse<String> answer = client.get("/v1/nothing");

        assertThat(answer.statusCode()).isEqualTo(401);
        assertThat(answer.headers().firstValue("WWW-Authenticate")).contains("Bearer");
    }

    @Test
    @DisplayName("tells whoever has a valid token that a route does not exist, or which methods it knows")
    void unknownRoutesWithAToken() throws Exception {
        for (String token : List.of(FULL.token(), READER.token(), ISSUER.token("kim"))) {
            assertThat(client.get("/v1/nothing", bearer(token)).statusCode()).isEqualTo(404);
            assertThat(client.post("/v1/agents/onboarding/conversations", MESSAGE, bearer(token))
                            .statusCode())
                    .isEqualTo(405);
        }
    }

    @Test
    @DisplayName("leaves health and the description of the API open")
    void open() throws Exception {
        for (String path : Set.of("/health/live", "/health/ready", "/openapi", "/docs", "/docs/swagger-ui.css")) {
            assertThat(client.get(path).statusCode()).isEqualTo(200);
        }
    }

    @Test
    @DisplayName("lets a writer write, and neither read nor see metrics")
    void writer() throws Exception {
        assertForbidden(WRITER, "wilma", call -> !call.writes());
    }

    @ParameterizedTest
    @ValueSource(strings = {"bearer ", "BEARER   "})
    @DisplayName("takes the scheme in capitals or not, with more than one space: RFC 9110, section 11.1")
    void scheme(String scheme) throws Exception {
        assertThat(client.get(messages("alex"), "Authorization", scheme + FULL.token())
                        .statusCode())
                .isEqualTo(200);
    }
}
