package dev.colloquy.adapter.http;

import static dev.colloquy.adapter.http.FailuresTest.throwing;
import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.colloquy.adapter.http.access.AccessControl;
import dev.colloquy.adapter.http.access.Caller;
import dev.colloquy.domain.conversation.ExpectedPosition;
import dev.colloquy.domain.error.ConversationChanged;
import dev.colloquy.domain.error.MessageIdConflict;
import dev.colloquy.domain.error.MessageTooLarge;
import dev.colloquy.domain.error.OutboxFull;
import dev.colloquy.domain.error.StoredDataUnreadable;
import java.net.http.HttpRequest.BodyPublisher;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.time.Duration;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

@DisplayName("An example of a problem in the OpenAPI document is what the service answers")
class ProblemExamplesTest {

    private static final String CONVERSATION = "/v1/agents/onboarding/users/alex/conversation";
    private static final String MESSAGES = CONVERSATION + "/messages";
    private static final String HELLO = "{\"role\":\"user\",\"content\":\"Hello\"}";
    private static final Map<String, JsonNode> EXAMPLES = new HashMap<>();

    @BeforeAll
    static void read() throws Exception {
        try (Client client = Client.ofNewServer()) {
            OpenApiDocument document =
                    new OpenApiDocument(client.get("/openapi").body());
            document.root()
                    .at("/components/responses")
                    .forEach(response -> OpenApiDocument.examples(response.at("/content/application~1problem+json"))
                            .forEach(example -> EXAMPLES.put(example.get("type").textValue(), example)));
        }
    }

    @ParameterizedTest
    @CsvSource(
            quoteCharacter = '`',
            delimiter = '|',
            value = {
                "``                                          | missing-body",
                "{                                           | malformed-json",
                "{\"role\":\"user\",\"content\":1}           | wrong-type",
                "{\"role\":\"User\",\"content\":\"\"}        | invalid-value",
                "{\"role\":\"user\",\"role\":\"user\"}       | repeated-field",
                "{\"role\":\"user\"}                         | missing-field",
                "{\"mood\":\"good\"}                         | unknown-field"
            })
    @DisplayName("to such a body")
    void body(String body, String type) throws Exception {
        try (Client client = Client.ofNewServer()) {
            assertExample(type, client.post(MESSAGES, body));
        }
    }

    @ParameterizedTest
    @CsvSource({
        "GET, /v1/agents/onboarding/users/alex/conversation/messages?newest=1, unknown-parameter",
        "GET, /v1, not-found",
        "PUT, /v1/agents/onboarding/users/alex/conversation, method-not-allowed",
        "POST, /v1/agents/onboarding/users/alex/conversation/messages, unsupported-media-type",
        "GET, /v1/agents/onboarding/users/%ff/conversation, malformed-uri"
    })
    @DisplayName("to such a call")
    void call(String method, String path, String type) throws Exception {
        try (Client client = Client.ofNewServer()) {
            // Without a media type.
            BodyPublisher body = method.equals("POST") ? BodyPublishers.ofString(HELLO) : BodyPublishers.noBody();
            assertExample(type, client.send(method, path, body));
        }
    }

    @Test
    @DisplayName("when the store says so")
    void store() throws Exception {
        assertExample(new MessageIdConflict("answer-1", "with other content"), "message-id-conflict");
        assertExample(
                new ConversationChanged(
                        "onboarding:alex", ExpectedPosition.empty().toString(), "2:answer-1"),
                "conversation-changed");
        assertExample(new MessageTooLarge(262_145, 262_144), "message-too-large");
        assertExample(new OutboxFull("at most 100000 messages", Duration.ofSeconds(3)), "outbox-full");
        assertExample(
                new StoredDataUnreadable("onboarding:alex", "element 3 of its list is not a message", null),
                "stored-data-unreadable");
        assertExample(new IllegalStateException("a defect"), "internal-error");
    }

    @Test
    @DisplayName("to a body that is too large")
    void tooLarge() throws Exception {
        HttpSettings usual = HttpSettings.DEFAULT.withPort(0);
        try (Client client = Client.of(HttpServer.start(usual, new TestStore().ports()))) {
            assertExample("body-too-large", client.post(MESSAGES, " ".repeat(usual.maxBodyBytes()) + HELLO));
        }
    }

    @Test
    @DisplayName("to too many requests")
    void tooMany() throws Exception {
        try (Client client = Client.ofNewServer(List.of(new RateLimitFilter(1, () -> 0)))) {
            client.get(MESSAGES);
            assertExample("rate-limited", client.get(MESSAGES));
        }
        Filter room = new BusyFilter(1);
        // The second time there is no room left.
        try (Client client = Client.ofNewServer(List.of(room, room))) {
            assertExample("too-busy", client.get(MESSAGES));
        }
    }

    @Test
    @DisplayName("to a token that is not known, or not enough")
    void tokens() throws Exception {
        AccessControl access = token -> token.equals("other")
                ? Optional.of(new Caller("other", Set.of("support"), Set.of(Caller.Scope.READ), null))
                : Optional.empty();
        try (Client client = Client.ofNewServer(HttpFeatures.NONE.guardedBy(access))) {
            assertExample("unauthorized", client.get(MESSAGES));
            assertExample("forbidden", client.get(MESSAGES, "Authorization", "Bearer other"));
        }
    }

    private static void assertExample(RuntimeException error, String type) throws Exception {
        try (Client client = Client.ofNewServer(throwing(error))) {
            assertExample(type, client.post(MESSAGES, HELLO));
        }
    }

    private static void assertExample(String type, HttpResponse<String> answer) {
        JsonNode example = EXAMPLES.get("urn:colloquy:problem:" + type);
        assertThat(comparable(Answers.json(answer))).isEqualTo(comparable(example));
    }

    /** Without what is another one each time. */
    private static JsonNode comparable(JsonNode problem) {
        ObjectNode copy = problem.deepCopy();
        if (copy.has("correlationId")) {
            copy.put("correlationId", "…");
        }
        return copy;
    }
}
