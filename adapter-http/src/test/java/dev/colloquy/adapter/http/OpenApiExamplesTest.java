package dev.colloquy.adapter.http;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.fasterxml.jackson.databind.JsonNode;
import dev.colloquy.adapter.http.OpenApiDocument.Operation;
import dev.colloquy.adapter.http.access.NewToken;
import dev.colloquy.adapter.http.access.TokenFile;
import dev.colloquy.domain.error.ConversationChanged;
import dev.colloquy.domain.error.MessageIdConflict;
import dev.colloquy.domain.error.MessageTooLarge;
import dev.colloquy.domain.error.OutboxFull;
import dev.colloquy.domain.error.StoreAccessRefused;
import dev.colloquy.domain.error.StoreLimitReached;
import dev.colloquy.domain.error.StoreUnavailable;
import dev.colloquy.domain.error.StoredDataUnreadable;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.SecureRandom;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

@DisplayName("The examples of the OpenAPI document")
class OpenApiExamplesTest {

    private static final HttpFeatures ALL = HttpFeatures.NONE.withMetrics(() -> "a 1\n");

    private static OpenApiDocument document;

    @TempDir
    private Path folder;

    @BeforeAll
    static void read() throws Exception {
        try (Client client = Client.ofNewServer()) {
            document = new OpenApiDocument(client.get("/openapi").body());
        }
    }

    static List<Operation> operations() throws Exception {
        read();
        return document.operations();
    }

    @ParameterizedTest
    @MethodSource("operations")
    @DisplayName("follow their schemas")
    void followSchemas(Operation operation) {
        operation.parameters().forEach(this::assertHasExamples);
        operation.node().at("/requestBody/content").forEach(this::assertHasExamples);
        operation.node().get("responses").forEach(reference -> {
            JsonNode response = document.resolved(reference);
            response.path("content").forEach(this::assertExamples);
            response.path("headers").forEach(header -> assertExamples(document.resolved(header)));
        });
    }

    @ParameterizedTest
    @MethodSource("operations")
    @DisplayName("can be sent, and the answer is one that the document describes")
    void canBeSent(Operation operation) throws Exception {
        try (Client client = Client.ofNewServer(ALL)) {
            List<Integer> statuses = new ArrayList<>();
            for (OpenApiCall call : OpenApiCall.allOf(operation)) {
                HttpResponse<String> answer = call.send(client);

                assertThat(answer.statusCode())
                        .as("%s: %s", call, answer.body())
                        .isIn(200, 201, 204, 304, 412);
                assertDescribed(call, answer);
                statuses.add(answer.statusCode());
            }
            assertThat(statuses.getFirst()).isBetween(200, 299);
        }
    }

    @ParameterizedTest
    @MethodSource("operations")
    @DisplayName("may be sent without a token, with one that is not enough, or not at all")
    void withoutAccess(Operation operation) throws Exception {
        NewToken other = NewToken.make("other", "support", "write", new SecureRandom());
        Path tokens = Files.writeString(folder.resolve("tokens"), other.line());
        try (Client client = Client.ofNewServer(ALL.guardedBy(TokenFile.open(tokens, System::nanoTime)))) {
            for (OpenApiCall call : OpenApiCall.allOf(operation)) {
                HttpResponse<String> stranger = call.send(client);
                HttpResponse<String> wrong = call.send(client, "Authorization", "Bearer " + other.token());

                assertDescribed(call, stranger);
                assertDescribed(call, wrong);
                boolean open = operation.node().has("security");
                assertThat(stranger.statusCode() == 401).isEqualTo(!open);
                assertThat(wrong.statusCode() == 403).isEqualTo(!open);
            }
        }
    }

    @ParameterizedTest
    @MethodSource("operations")
    @DisplayName("may meet a store that is away, or broken")
    void failures(Operation operation) throws Exception {
        boolean saves = operation.method().equals("POST");
        List<HttpPorts> ports = new ArrayList<>(Stream.of(
                        new StoreUnavailable("no answer", null),
                        new OutboxFull("1000 messages", Duration.ofSeconds(5)),
                        new StoredDataUnreadable("a:b", "element 3", null),
                        new StoreLimitReached("the quota", null),
                        new StoreAccessRefused("REDIS_URL", null),
                        new IllegalStateException("a defect"))
                .map(FailuresTest::throwing)
                .toList());
        ports.add(FailuresTest.degraded());
        if (saves) {
            ports.add(FailuresTest.throwing(new MessageTooLarge(11, 10)));
            ports.add(FailuresTest.throwing(new MessageIdConflict("m1", "with other content")));
            ports.add(FailuresTest.throwing(new ConversationChanged("a:b", "1:x", "2:y")));
        }
        for (HttpPorts failing : ports) {
            try (Client client = Client.of(HttpServer.start(Client.SETTINGS, failing, ALL))) {
                for (OpenApiCall call : OpenApiCall.allOf(operation)) {
                    assertDescribed(call, call.send(client));
                }
            }
        }
    }

    @Test
    @DisplayName("of a repeat are the first answer, whatever was added since, and so says the document")
    void repeat() throws Exception {
        String path = "/v1/agents/{agent}/users/{user}/conversation/messages";
        String target = PathTemplate.of(path).expand("onboarding", "alex");
        String first = "{\"id\":\"answer-1\",\"role\":\"user\",\"content\":\"Alex\"}";
        try (Client client = Client.ofNewServer()) {
            HttpResponse<String> saved = client.post(target, first);
            client.post(target, "{\"role\":\"agent\",\"content\":\"Hello, Alex\"}");
            HttpResponse<String> repeated = client.post(target, first);

            assertThat(repeated.statusCode()).isEqualTo(200);
            assertThat(repeated.body()).isEqualTo(saved.body());
            assertThat(repeated.headers().firstValue("ETag"))
                    .isEqualTo(saved.headers().firstValue("ETag"));
            new OpenApiAnswer(document).assertDescribed(document.operation("POST", path), repeated);
        }
        for (String place : List.of("/schemas/Receipt/properties/length", "/headers/ETag")) {
            assertThat(document.root()
                            .at("/components" + place + "/description")
                            .textValue())
                    .contains("right after these");
        }
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                "{",
                "[]",
                "{\"role\":1,\"content\":\"\"}",
                "{\"role\":\"user\"}",
                "{\"role\":\"User\",\"content\":\"\"}",
                "{\"role\":\"user\",\"role\":\"user\"}",
                "{\"mood\":\"good\"}",
                "{\"messages\":[]}"
            })
    @DisplayName("are not like bodies that are refused, whose answers the document describes, too")
    void refused(String body) throws Exception {
        String path = "/v1/agents/{agent}/users/{user}/conversation/messages";
        Operation save = document.operation("POST", path);
        String target = PathTemplate.of(path).expand("onboarding", "alex");
        try (Client client = Client.ofNewServer()) {
            HttpResponse<String> answer = client.post(target, body);
            HttpResponse<String> asText =
                    client.send("POST", target, BodyPublishers.ofString(body), "Content-Type", "text/plain");

            assertThat(answer.statusCode()).isEqualTo(400);
            new OpenApiAnswer(document).assertDescribed(save, answer);
            new OpenApiAnswer(document).assertDescribed(save, asText);
        }
    }

    @Test
    @DisplayName("would be noticed if they did not follow")
    void notices() {
        JsonNode schema = document.root().at("/components/schemas/Receipt");
        JsonNode receipt = Answers.json("{\"messages\":[{\"seq\":0}],\"length\":\"2\",\"expiresAt\":\"tomorrow\"}");

        assertThatThrownBy(() -> document.assertFollows(schema, receipt, "a receipt"))
                .isInstanceOf(AssertionError.class)
                .hasMessageContaining("seq", "length", "expiresAt");
    }

    private void assertHasExamples(JsonNode owner) {
        assertThat(OpenApiDocument.examples(owner))
                .as(owner.path("name").asText("the body"))
                .isNotEmpty();
        assertExamples(owner);
    }

    private void assertExamples(JsonNode owner) {
        for (JsonNode example : OpenApiDocument.examples(owner)) {
            document.assertFollows(owner.get("schema"), example, "example");
        }
    }

    private static void assertDescribed(OpenApiCall call, HttpResponse<String> answer) {
        new OpenApiAnswer(document).assertDescribed(call.operation(), answer);
    }
}
