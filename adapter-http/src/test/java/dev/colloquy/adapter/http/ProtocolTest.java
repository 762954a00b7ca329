package dev.colloquy.adapter.http;

import static dev.colloquy.adapter.http.Answers.assertProblem;
import static dev.colloquy.adapter.http.Answers.json;
import static org.assertj.core.api.Assertions.assertThat;

import java.io.ByteArrayInputStream;
import java.net.http.HttpRequest.BodyPublishers;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

@DisplayName("A request that does not follow the protocol")
class ProtocolTest {

    private static final String MESSAGES = "/v1/agents/onboarding/users/alex/conversation/messages";
    private static final String GOOD = "{\"role\":\"user\",\"content\":\"x\"}";
    private static final String POST =
            "POST " + MESSAGES + " HTTP/1.1\r\nHost: x\r\nContent-Type: application/json\r\n";

    private Client client;

    @BeforeEach
    void start() {
        client = Client.ofNewServer();
    }

    @AfterEach
    void stillHealthy() throws Exception {
        try (Client closing = client) {
            assertThat(closing.store().saves()).isZero();
            assertThat(closing.get("/health/ready").statusCode()).isEqualTo(200);
        }
    }

    @ParameterizedTest(name = "{0} {1}")
    @CsvSource(
            delimiter = '|',
            value = {
                "400 | malformed-request          | GET  HTTP/1.1~Host: x~~",
                "400 | malformed-request          | GET / HTTP/1.1~~",
                "400 | malformed-request          | GET / HTTP/1.1~Host: x~No colon~~",
                "400 | malformed-request          | GET / HTTP/1.1~Host: a b~~",
                "400 | malformed-request          | POST / HTTP/1.1~Host: x~Content-Length: x~~",
                "400 | malformed-request          | POST / HTTP/1.1~Host: x~Content-Length: -1~~",
                "400 | malformed-request          | POST / HTTP/1.1~Host: x~Content-Length: 1~Transfer-Encoding: chunked~~0~~",
                "501 | not-implemented            | POST / HTTP/1.1~Host: x~Transfer-Encoding: gzip, chunked~~0~~"
            })
    @DisplayName("gets a problem, too")
    void problems(int status, String type, String request) {
        String answer = client.raw(request.replace("~", "\r\n"));

        assertThat(answer)
                .startsWith("HTTP/1.1 " + status + " ")
                .containsIgnoringCase("Content-Type: application/problem+json")
                .contains("urn:colloquy:problem:" + type + "\"");
    }

    @ParameterizedTest
    @ValueSource(strings = {"http://x/health/live", "https://x/health/live", "HTTPS://x:443/health/live"})
    @DisplayName("is understood when it names the whole URI")
    void wholeUri(String uri) {
        assertThat(client.raw("GET " + uri + " HTTP/1.1\r\nHost: x\r\nConnection: close\r\n\r\n"))
                .startsWith("HTTP/1.1 200 ");
    }

    @ParameterizedTest(name = "{1}")
    @CsvSource({
        "505, HTTP/1.0, http-version-not-supported",
        "400, HTTP/0.9, malformed-request",
        "400, HTTP/1.2, malformed-request",
        "400, HTTP/2.0, malformed-request"
    })
    @DisplayName("is answered when it is of another version, also as the first of its connection")
    void otherVersions(int status, String version, String type) {
        String request = "GET /health/live " + version + "\r\nHost: x\r\n\r\n";

        assertThat(client.raw(request))
                .startsWith("HTTP/1.1 " + status + " ")
                .contains("urn:colloquy:problem:" + type + "\"");
        assertThat(client.raw("GET /health/live HTTP/1.1\r\nHost: x\r\n\r\n" + request))
                .startsWith("HTTP/1.1 200 ")
                .contains("HTTP/1.1 " + status + " ");
    }

    @Test
    @DisplayName("is refused when its line or its headers are too long")
    void tooLong() {
        assertThat(client.raw("GET /" + "a".repeat(20_000) + " HTTP/1.1\r\nHost: x\r\n\r\n"))
                .startsWith("HTTP/1.1 414 ")
                .contains("urn:colloquy:problem:uri-too-long\"");
        for (String headers :
                List.of("X: " + "a".repeat(20_000) + "\r\n", ("X: " + "a".repeat(4_000) + "\r\n").repeat(6))) {
            assertThat(client.raw("GET / HTTP/1.1\r\nHost: x\r\n" + headers + "\r\n"))
                    .startsWith("HTTP/1.1 431 Request Header Fields Too Large\r\n")
                    .contains("urn:colloquy:problem:headers-too-large\"");
        }
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "zz~{}~0~~",
                "-2~{}~0~~",
                "ffffffffff~{}~0~~",
                "~{}~0~~",
                "2\n{}\n0\n\n",
                "2;name=value~{}~0~~",
                "2~{}~0~Trailer: value~~"
            })
    @DisplayName("is refused when its chunks are malformed, or more than chunks")
    void brokenChunks(String chunks) {
        assertThat(client.raw(POST + "Transfer-Encoding: chunked\r\n\r\n" + chunks.replace("~", "\r\n")))
                .startsWith("HTTP/1.1 400 ")
                .contains("urn:colloquy:problem:malformed-request\"", "the chunks of the body are malformed, or have")
                .containsIgnoringCase("Connection: close");
    }

    @ParameterizedTest
    @ValueSource(strings = {"Content-Length: 100\r\n\r\n{\"role\"", "Transfer-Encoding: chunked\r\n\r\n2\r\n{"})
    @DisplayName("is refused when its body ends early")
    void brokenBody(String rest) {
        assertThat(client.raw(POST + rest))
                .startsWith("HTTP/1.1 400 ")
                .contains("urn:colloquy:problem:malformed-request\"", "the body ended too early");
    }

    @ParameterizedTest
    @ValueSource(strings = {"Content-Length: 2\r\n\r\nxx", "Transfer-Encoding: chunked\r\n\r\n2\r\nxx\r\n0\r\n\r\n"})
    @DisplayName("is refused when its body is encoded, and is told so")
    void encodedBody(String body) {
        assertThat(client.raw(POST + "X-Correlation-Id: order-7\r\nContent-Encoding: gzip\r\n" + body))
                .startsWith("HTTP/1.1 415 ")
                .contains("\r\nX-Correlation-Id: order-7\r\n")
                .contains("urn:colloquy:problem:unsupported-media-type\"", "\"field\":\"Content-Encoding\"");
    }

    @Test
    @DisplayName("is malformed with a length that is none, whatever its encoding")
    void encodedBodyOfNoLength() {
        assertThat(client.raw(POST + "Content-Encoding: gzip\r\nContent-Length: x\r\n\r\n"))
                .startsWith("HTTP/1.1 400 ")
                .contains("urn:colloquy:problem:malformed-request\"");
    }

    @ParameterizedTest
    @ValueSource(strings = {"10001", "99999999"})
    @DisplayName("is refused when its body is too large, before the body is sent")
    void largeDeclared(String length) {
        String answer = client.raw(POST + "Expect: 100-continue\r\nContent-Length: " + length + "\r\n\r\n");

        assertThat(answer)
                .startsWith("HTTP/1.1 413 ")
                .contains("urn:colloquy:problem:body-too-large\"", "\"allowed\":\"at most 10000 bytes\"")
                .containsIgnoringCase("Connection: close")
                .doesNotContain("100 Continue");
    }

    @Test
    @DisplayName("is refused when its body is too large, whether its length is known or not")
    void large() throws Exception {
        byte[] body = GOOD.replace("x", "x".repeat(10_000)).getBytes(StandardCharsets.UTF_8);

        assertProblem(
                client.send("POST", MESSAGES, BodyPublishers.ofByteArray(body), "Content-Type", "application/json"),
                413,
                "body-too-large");
        assertProblem(
                client.send(
                        "POST",
                        MESSAGES,
                        BodyPublishers.ofInputStream(() -> new ByteArrayInputStream(body)),
                        "Content-Type",
                        "application/json"),
                413,
                "body-too-large");
        assertThat(client.raw(POST + "Content-Length: 9999999999\r\n\r\n{"))
                .startsWith("HTTP/1.1 413 ")
                .contains("urn:colloquy:problem:body-too-large\"");
    }

    @Test
    @DisplayName("never makes the service fail, whatever it is")
    void random() {
        long seed = Long.getLong("colloquy.seed", System.nanoTime());
        System.out.println("random requests with -Dcolloquy.seed=" + seed);
        Random random = new Random(seed);
        for (int i = 0; i < 1_000; i++) {
            byte[] request = Malformed.request(random);
            String answer = client.raw(request);
            String context =
                    "seed " + seed + ", request " + i + ": " + new String(request, StandardCharsets.ISO_8859_1);
            assertThat(answer).as(context).doesNotContain("\tat ", "Exception", "HTTP/1.1 500");
            if (!answer.isEmpty()) {
                assertThat(answer).as(context).matches("(?s)HTTP/1.1 (4..|501|505) .*");
                assertThat(json(answer.substring(answer.indexOf("\r\n\r\n") + 4))
                                .has("type"))
                        .as(context)
                        .isTrue();
            }
        }
    }
}
