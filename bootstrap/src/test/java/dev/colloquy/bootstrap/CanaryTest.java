package dev.colloquy.bootstrap;

import static org.assertj.core.api.Assertions.assertThat;

import ch.qos.logback.classic.Level;
import ch.qos.logback.classic.Logger;
import ch.qos.logback.classic.LoggerContext;
import ch.qos.logback.classic.encoder.JsonEncoder;
import ch.qos.logback.classic.spi.ILoggingEvent;
import ch.qos.logback.core.OutputStreamAppender;
import dev.colloquy.adapter.http.access.NewToken;
import dev.colloquy.adapter.redis.testing.RedisServer;
import dev.colloquy.bootstrap.telemetry.OtlpReceiver;
import java.io.ByteArrayOutputStream;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.SecureRandom;
import java.time.Duration;
import java.util.Map;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.slf4j.LoggerFactory;

@DisplayName("What is said, tokens and passwords")
class CanaryTest {

    private static final String SAID = "canary-said-51c7";
    private static final String PASSWORD = "canary-password-9e02";
    private static final String USER = "canary-user-c4d8";
    private static final String WRITE_TOKEN = "canary-logfire-77aa";
    private static final String GOOD =
            "{\"id\":\"m1\",\"role\":\"user\",\"content\":\"" + SAID + "\",\"metadata\":{\"k\":\"" + SAID + "\"}}";
    private static final String PATH = "/v1/agents/onboarding/users/" + USER + "/conversation";

    private final NewToken token = NewToken.make("canary", "*", "read,write", new SecureRandom());
    private final HttpClient http = HttpClient.newHttpClient();

    @Test
    @DisplayName("are in no log line and in nothing that is exported, whichever way a request goes")
    void never(@TempDir Path folder) throws Exception {
        Path tokens = Files.writeString(folder.resolve("tokens"), token.line());
        ByteArrayOutputStream logged = new ByteArrayOutputStream();
        OutputStreamAppender<ILoggingEvent> appender = recordLogs(logged);
        try (RedisServer redis = RedisServer.builder().password(PASSWORD).start();
                OtlpReceiver receiver = new OtlpReceiver()) {
            try (Service service = Service.start(Map.of(
                    "PORT",
                    "0",
                    "REDIS_URL",
                    "redis://:" + PASSWORD + "@" + redis.host() + ":" + redis.port(),
                    "COLLOQUY_TOKENS_FILE",
                    tokens.toString(),
                    "COLLOQUY_OUTBOX_DIR",
                    folder.resolve("outbox").toString(),
                    "LOGFIRE_TOKEN",
                    WRITE_TOKEN,
                    "LOGFIRE_BASE_URL",
                    receiver.url()))) {
                service.announce();
                everyWay(service.port(), redis);
            }
            assertThat(receiver.spans()).isNotEmpty();
            assertThat(receiver.logs()).isNotEmpty();
            assertSilent(receiver.everything());
        } finally {
            root().detachAppender(appender);
        }
        String lines = logged.toString(StandardCharsets.UTF_8);
        assertThat(lines).contains("Colloquy answers on");
        assertSilent(lines);
    }

    private void assertSilent(String text) {
        assertThat(text).doesNotContain(SAID, PASSWORD, USER, WRITE_TOKEN, token.token());
    }

    private void everyWay(int port, RedisServer redis) throws Exception {
        assertThat(post(port, "/messages", GOOD)).isEqualTo(201);
        assertThat(post(port, "/messages", GOOD)).isEqualTo(200);
        assertThat(post(port, "/messages", GOOD.replace("\"k\"", "\"other\""))).isEqualTo(409);
        for (String bad : new String[] {
            "{\"role\":\"" + SAID + " \",\"content\":\"x\"}",
            "{\"role\":\"user\",\"content\":\"" + SAID,
            "{\"" + SAID + "\":1}",
            "{\"role\":\"user\",\"content\":\"" + SAID + "x".repeat(300_000) + "\"}"
        }) {
            assertThat(post(port, "/messages", bad)).isBetween(400, 499);
        }
        assertThat(call(port, "GET", PATH + "/messages?" + SAID + "=1", "", token.token())
                        .statusCode())
                .isEqualTo(400);
        assertThat(call(port, "GET", "/" + SAID, "", token.token()).statusCode())
                .isEqualTo(404);
        assertThat(call(port, "GET", PATH, "", SAID).statusCode()).isEqualTo(401);
        assertThat(call(port, "GET", PATH + "/messages", "", token.token()).body())
                .contains(SAID);
        assertThat(call(port, "GET", "/metrics", "", token.token()).body()).doesNotContain(SAID, USER);

        redis.call("RPUSH", "onboarding:" + USER + ":conversation", SAID + " is no message");
        assertThat(call(port, "GET", PATH, "", token.token()).statusCode()).isEqualTo(500);
        assertThat(call(port, "DELETE", PATH, "", token.token()).statusCode()).isEqualTo(204);

        redis.kill();
        assertThat(post(port, "/messages", GOOD)).isEqualTo(202);
        assertThat(call(port, "GET", PATH + "/messages", "", token.token()).body())
                .contains(SAID);
        redis.restart();
    }

    private int post(int port, String below, String json) throws Exception {
        return call(port, "POST", PATH + below, json, token.token()).statusCode();
    }

    private HttpResponse<String> call(int port, String method, String path, String body, String bearer)
            throws Exception {
        return http.send(
                HttpRequest.newBuilder(URI.create("http://127.0.0.1:" + port + path))
                        .timeout(Duration.ofSeconds(60))
                        .header("Authorization", "Bearer " + bearer)
                        .header("Content-Type", "application/json")
                        .method(method, body.isEmpty() ? BodyPublishers.noBody() : BodyPublishers.ofString(body))
                        .build(),
                BodyHandlers.ofString());
    }

    /** Everything from debug on of our own, and warnings of the libraries, with their stack traces. */
    private static OutputStreamAppender<ILoggingEvent> recordLogs(ByteArrayOutputStream target) {
        LoggerContext context = (LoggerContext) LoggerFactory.getILoggerFactory();
        context.getLogger("dev.colloquy").setLevel(Level.DEBUG);
        JsonEncoder encoder = new JsonEncoder();
        encoder.setContext(context);
        encoder.start();
        OutputStreamAppender<ILoggingEvent> appender = new OutputStreamAppender<>();
        appender.setContext(context);
        appender.setEncoder(encoder);
        appender.setOutputStream(target);
        appender.start();
        root().addAppender(appender);
        return appender;
    }

    private static Logger root() {
        return ((LoggerContext) LoggerFactory.getILoggerFactory()).getLogger(Logger.ROOT_LOGGER_NAME);
    }
}
