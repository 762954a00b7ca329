package dev.colloquy.adapter.http;

import static dev.colloquy.adapter.http.Answers.assertProblem;
import static dev.colloquy.adapter.http.Answers.header;
import static dev.colloquy.adapter.http.Answers.json;
import static org.assertj.core.api.Assertions.assertThat;

import dev.colloquy.adapter.http.problem.ProblemType;
import dev.colloquy.domain.conversation.ClearReceipt;
import dev.colloquy.domain.conversation.ConversationPage;
import dev.colloquy.domain.conversation.ConversationView;
import dev.colloquy.domain.conversation.Message;
import dev.colloquy.domain.conversation.MessageId;
import dev.colloquy.domain.conversation.Position;
import dev.colloquy.domain.conversation.Receipt;
import dev.colloquy.domain.conversation.Role;
import dev.colloquy.domain.conversation.SequencedMessage;
import dev.colloquy.domain.error.ColloquyException;
import dev.colloquy.domain.error.ConversationChanged;
import dev.colloquy.domain.error.InvalidValue;
import dev.colloquy.domain.error.MessageIdConflict;
import dev.colloquy.domain.error.MessageTooLarge;
import dev.colloquy.domain.error.OutboxFull;
import dev.colloquy.domain.error.StoreAccessRefused;
import dev.colloquy.domain.error.StoreLimitReached;
import dev.colloquy.domain.error.StoreUnavailable;
import dev.colloquy.domain.error.StoredDataUnreadable;
import dev.colloquy.domain.port.in.Readiness;
import java.net.http.HttpRequest.BodyPublishers;
import java.time.Duration;
import java.util.Arrays;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

@DisplayName("When the store fails")
class FailuresTest {

    private static final String CONVERSATION = "/v1/agents/onboarding/users/alex/conversation";
    private static final String MESSAGES = CONVERSATION + "/messages";
    private static final String HELLO = "{\"role\":\"user\",\"content\":\"Hello\"}";

    static Stream<Arguments> errors() {
        return Stream.of(
                Arguments.of(new InvalidValue("content", "something", "something else"), 400, "invalid-value", null),
                Arguments.of(new MessageTooLarge(11, 10), 413, "message-too-large", null),
                Arguments.of(new MessageIdConflict("m1", "with other content"), 409, "message-id-conflict", null),
                Arguments.of(new ConversationChanged("a:b", "1:x", "2:y"), 412, "conversation-changed", null),
                Arguments.of(new StoreUnavailable("no answer", null), 503, "store-unavailable", "1"),
                Arguments.of(new OutboxFull("1000 messages", Duration.ofSeconds(5)), 503, "outbox-full", "5"),
                Arguments.of(new StoredDataUnreadable("a:b", "element 3", null), 500, "stored-data-unreadable", null),
                Arguments.of(new StoreLimitReached("the quota", null), 507, "store-limit-reached", null),
                Arguments.of(new StoreAccessRefused("REDIS_URL", null), 503, "store-access-refused", null));
    }

    @ParameterizedTest
    @MethodSource("errors")
    @DisplayName("each error has its own problem, on each call")
    void problems(ColloquyException error, int status, String type, String retryAfter) throws Exception {
        try (Client client = Client.ofNewServer(throwing(error))) {
            var answers = List.of(
                    client.post(MESSAGES, HELLO),
                    client.get(MESSAGES),
                    client.get(CONVERSATION),
                    client.send("DELETE", CONVERSATION, BodyPublishers.noBody()),
                    client.get("/v1/agents/onboarding/conversations"));
            for (var answer : answers) {
                var problem = assertProblem(answer, status, type);
                assertThat(problem.get("detail").textValue()).isEqualTo(error.getMessage());
                assertThat(header(answer, "Retry-After")).isEqualTo(retryAfter);
            }
        }
    }

    @Test
    @DisplayName("of several messages the one that is too large is named")
    void tooLargeInBatch() throws Exception {
        String batch = "{\"messages\":[" + HELLO + "," + HELLO.replace("Hello", "Hello, Alex") + "]}";
        try (Client client = Client.ofNewServer(throwing(new MessageTooLarge(11, 10)))) {
            var problem = assertProblem(client.post(MESSAGES, batch), 413, "message-too-large");

            assertThat(problem.get("field").textValue()).isEqualTo("messages[1].content");
            assertThat(problem.get("detail").textValue()).startsWith("messages[1].content and metadata were 11 bytes");
        }
    }

    @Test
    @DisplayName("a defect gives a correlation id and nothing from inside")
    void defect() throws Exception {
        try (Client client = Client.ofNewServer(throwing(new IllegalStateException("secret")))) {
            var answer = client.post(MESSAGES, HELLO);

            var problem = assertProblem(answer, 500, "internal-error");
            assertThat(problem.get("correlationId").textValue()).hasSize(36);
            assertThat(answer.body()).doesNotContain("secret", "Exception", "at dev.");
        }
    }

    @Test
    @DisplayName("a service that cannot work is not ready, but alive")
    void notReady() throws Exception {
        try (Client client = Client.ofNewServer(throwing(new StoreUnavailable("x", null)))) {
            var ready = client.get("/health/ready");
            assertThat(ready.statusCode()).isEqualTo(503);
            assertThat(ready.body()).isEqualTo("{\"state\":\"unavailable\",\"detail\":\"no answer\"}");
            assertThat(client.get("/health/live").statusCode()).isEqualTo(200);
        }
    }

    @Test
    @DisplayName("types of problems are stable and differ")
    void types() {
        assertThat(Arrays.stream(ProblemType.values()).map(ProblemType::uri))
                .doesNotHaveDuplicates()
                .allMatch(uri -> uri.matches("urn:colloquy:problem:[a-z-]+"));
    }

    @Nested
    @DisplayName("and the outbox takes over, the answer says so:")
    class Degraded {

        @Test
        @DisplayName("202 without sequence numbers for a save")
        void accepted() throws Exception {
            try (Client client = Client.ofNewServer(degraded())) {
                var answer = client.post(MESSAGES, HELLO);

                assertThat(answer.statusCode()).isEqualTo(202);
                assertThat(header(answer, "Colloquy-State")).isEqualTo("degraded");
                assertThat(header(answer, "ETag")).isNull();
                assertThat(answer.body())
                        .isEqualTo("{\"messages\":[{\"id\":\"p\",\"role\":\"user\",\"content\":\"Hello\","
                                + "\"at\":\"2026-01-02T03:04:05.678Z\",\"pending\":true}]}");
            }
        }

        @Test
        @DisplayName("pending messages last, and no tag, for a read")
        void read() throws Exception {
            try (Client client = Client.ofNewServer(degraded())) {
                var answer = client.get(MESSAGES, "If-None-Match", "*");

                assertThat(answer.statusCode()).isEqualTo(200);
                assertThat(header(answer, "Colloquy-State")).isEqualTo("degraded");
                assertThat(header(answer, "ETag")).isNull();
                assertThat(json(answer)).hasSize(2);
                assertThat(json(answer).at("/0/seq").intValue()).isEqualTo(1);
                assertThat(json(answer).at("/1/pending").booleanValue()).isTrue();
                assertThat(json(answer).at("/1").has("seq")).isFalse();

                var envelope = client.get(CONVERSATION);
                assertThat(header(envelope, "Colloquy-State")).isEqualTo("degraded");
                assertThat(json(envelope).get("state").textValue()).isEqualTo("degraded");
                assertThat(json(envelope).has("expiresAt")).isFalse();
            }
        }

        @Test
        @DisplayName("202 for a clear, and ready all the same")
        void clear() throws Exception {
            try (Client client = Client.ofNewServer(degraded())) {
                var answer = client.send("DELETE", CONVERSATION, BodyPublishers.noBody());

                assertThat(answer.statusCode()).isEqualTo(202);
                assertThat(header(answer, "Colloquy-State")).isEqualTo("degraded");
                assertThat(client.get("/health/ready").statusCode()).isEqualTo(200);
                assertThat(client.get("/health/ready").body()).contains("\"state\":\"degraded\"");
            }
        }
    }

    static HttpPorts throwing(RuntimeException error) {
        return new HttpPorts(
                command -> {
                    throw error;
                },
                (id, range) -> {
                    throw error;
                },
                id -> {
                    throw error;
                },
                (agent, page) -> {
                    throw error;
                },
                () -> new Readiness(Readiness.State.UNAVAILABLE, "no answer"));
    }

    static HttpPorts degraded() {
        MessageId known = new MessageId("k");
        Message pending = new Message(new MessageId("p"), Role.USER, "Hello", TestStore.NOW);
        return new HttpPorts(
                command -> new Receipt.Accepted(List.of(pending)),
                (id, range) -> new ConversationView(
                        id,
                        List.of(new SequencedMessage(1, new Message(known, Role.AGENT, "Hi", TestStore.NOW))),
                        1,
                        new Position(1, known),
                        null,
                        ConversationView.State.DEGRADED,
                        List.of(pending)),
                id -> ClearReceipt.ACCEPTED,
                (agent, page) -> new ConversationPage(List.of(), null),
                () -> new Readiness(Readiness.State.DEGRADED, "1 message waits"));
    }
}
