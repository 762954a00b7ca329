package dev.colloquy.adapter.http;

import static dev.colloquy.adapter.http.Answers.assertProblem;
import static dev.colloquy.adapter.http.Answers.header;
import static dev.colloquy.adapter.http.Answers.json;
import static org.assertj.core.api.Assertions.assertThat;

import dev.colloquy.domain.conversation.Conversation;
import dev.colloquy.domain.conversation.ConversationId;
import java.io.ByteArrayInputStream;
import java.net.http.HttpRequest.BodyPublisher;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.function.IntFunction;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

@DisplayName("POST …/conversation/messages")
class SaveMessagesTest {

    private static final String MESSAGES = "/v1/agents/onboarding/users/alex/conversation/messages";
    private static final String HELLO = "{\"id\":\"m1\",\"role\":\"agent\",\"content\":\"Hello\"}";

    private Client client;

    @BeforeEach
    void start() {
        client = Client.ofNewServer();
    }

    @AfterEach
    void stop() {
        client.close();
    }

    @Test
    @DisplayName("saves one message and answers 201 with what was stored")
    void one() throws Exception {
        var answer = client.post(
                MESSAGES,
                "{\"role\":\"agent\",\"content\":\"What's your name? 🎉\",\"id\":\"m1\","
                        + "\"metadata\":{\"step\":\"1\",\"model\":\"x\"}}");

        assertThat(answer.statusCode()).isEqualTo(201);
        assertThat(answer.body())
                .isEqualTo("{\"messages\":[{\"seq\":1,\"id\":\"m1\",\"role\":\"agent\","
                        + "\"content\":\"What's your name? 🎉\",\"at\":\"2026-01-02T03:04:05.678Z\","
                        + "\"metadata\":{\"model\":\"x\",\"step\":\"1\"}}],"
                        + "\"length\":1,\"expiresAt\":\"2026-01-09T03:04:05.678Z\"}");
        assertThat(header(answer, "ETag"))
                .matches("\"1:m1;[0-9a-f]{1,8}\"")
                .isEqualTo(header(client.get(MESSAGES), "ETag"));
    }

    @ParameterizedTest(name = "{0} bytes")
    @ValueSource(ints = {100, 8_191, 8_192, 8_193, 65_536, 65_537, 65_538, 199_999, 200_000})
    @DisplayName("takes bodies up to the limit whole, whether their length is known or not")
    void whole(int size) throws Exception {
        String empty = "{\"role\":\"user\",\"content\":\"\"}";
        String content = "x".repeat(size - empty.length());
        byte[] body = empty.replace("\"\"", '"' + content + '"').getBytes(StandardCharsets.US_ASCII);
        HttpPorts ports = client.store().ports();
        try (Client other = Client.of(HttpServer.start(Client.SETTINGS.withMaxBodyBytes(200_000), ports))) {
            for (BodyPublisher publisher : List.of(
                    BodyPublishers.ofByteArray(body),
                    BodyPublishers.ofInputStream(() -> new ByteArrayInputStream(body)))) {
                var answer = other.send("POST", MESSAGES, publisher, "Content-Type", "application/json");

                assertThat(answer.statusCode()).isEqualTo(201);
                assertThat(json(answer).at("/messages/0/content").textValue()).isEqualTo(content);
            }
        }
    }

    @ParameterizedTest
    @ValueSource(
            strings = {"application/json;", "Application/JSON ; charset=\"UTF-8\"", "application/json;; charset=utf-8 ;"
            })
    @DisplayName("takes JSON in UTF-8 however its media type is written")
    void mediaType(String type) throws Exception {
        var answer = client.send("POST", MESSAGES, BodyPublishers.ofString(HELLO), "Content-Type", type);

        assertThat(answer.statusCode()).isEqualTo(201);
    }

    @Test
    @DisplayName("makes an id where none is given")
    void madeId() throws Exception {
        var answer = client.post(MESSAGES, "{\"role\":\"user\",\"content\":\"\"}");

        assertThat(json(answer).at("/messages/0/id").textValue()).isEqualTo("made-1");
    }

    @Test
    @DisplayName("saves a batch in order, and its Location shows exactly that batch")
    void batch() throws Exception {
        client.post(MESSAGES, HELLO);
        var answer = client.post(
                MESSAGES,
                "{\"messages\":[{\"role\":\"user\",\"content\":\"a\"},{\"role\":\"agent\",\"content\":\"b\"}]}");

        assertThat(answer.statusCode()).isEqualTo(201);
        assertThat(json(answer).get("messages").findValuesAsText("seq")).containsExactly("2", "3");
        assertThat(json(answer).get("length").intValue()).isEqualTo(3);
        String location = header(answer, "Location");
        assertThat(json(client.get(location)).findValuesAsText("content")).containsExactly("a", "b");
    }

    @Test
    @DisplayName("answers a repeat with 200 and stores nothing")
    void replay() throws Exception {
        var first = client.post(MESSAGES, HELLO);
        var second = client.post(MESSAGES, HELLO);

        assertThat(second.statusCode()).isEqualTo(200);
        assertThat(second.body()).isEqualTo(first.body());
        assertThat(header(second, "ETag")).isEqualTo(header(first, "ETag"));
        assertThat(conversation().length()).isEqualTo(1);
    }

    @Test
    @DisplayName("refuses a known id with other content")
    void conflict() throws Exception {
        client.post(MESSAGES, HELLO);
        var answer = client.post(MESSAGES, HELLO.replace("Hello", "Bye"));

        var problem = assertProblem(answer, 409, "message-id-conflict");
        assertThat(problem.get("field").textValue()).isEqualTo("id");
        assertThat(problem.get("messageId").textValue()).isEqualTo("m1");
        assertThat(answer.body()).doesNotContain("Bye");
        assertThat(conversation().length()).isEqualTo(1);
    }

    @Test
    @DisplayName("refuses a known id in a batch, naming the message")
    void conflictInBatch() throws Exception {
        client.post(MESSAGES, HELLO);
        var answer = client.post(MESSAGES, "{\"messages\":[" + HELLO.replace("m1", "m2") + "," + HELLO + "]}");

        var problem = assertProblem(answer, 409, "message-id-conflict");
        assertThat(problem.get("field").textValue()).isEqualTo("messages[1].id");
        assertThat(problem.get("messageId").textValue()).isEqualTo("m1");
    }

    @Nested
    @DisplayName("with If-Match")
    class Conditional {

        @Test
        @DisplayName("saves when the tag is that of the last position")
        void matches() throws Exception {
            assertThat(save("a", "\"0\"").statusCode()).isEqualTo(201);
            String tag = header(client.get(MESSAGES), "ETag");
            assertThat(save("b", tag).statusCode()).isEqualTo(201);
            assertThat(save("c", "*").statusCode()).isEqualTo(201);
            assertThat(save("d", "\"3:c\"").statusCode()).isEqualTo(201);
        }

        @ParameterizedTest
        @ValueSource(
                strings = {"\"0\"", "\"1:other\"", "\"2:m1\"", "W/\"1:m1\"", "\"1:m1;\"", "\"1:m1;x\"", "\"anything\""})
        @DisplayName("refuses another tag, or a weak one")
        void changed(String tag) throws Exception {
            client.post(MESSAGES, HELLO);
            var answer = save("b", tag);

            assertProblem(answer, 412, "conversation-changed");
            assertThat(conversation().length()).isEqualTo(1);
        }

        @ParameterizedTest
        @ValueSource(strings = {"1:m1", "\"1:m1\", \"0\"", "\"1:m1", "\"1:m1\" x"})
        @DisplayName("refuses a header that is malformed or names several tags")
        void malformed(String tag) throws Exception {
            var problem = assertProblem(save("b", tag), 400, "invalid-value");

            assertThat(problem.get("field").textValue()).isEqualTo("If-Match");
            assertThat(conversation().length()).isZero();
        }

        private HttpResponse<String> save(String id, String tag) throws Exception {
            return client.post(MESSAGES, HELLO.replace("m1", id), "If-Match", tag);
        }
    }

    @Test
    @DisplayName("saves metadata with whatever names, also if another caller has made up many with one hash code")
    void collidingNames() throws Exception {
        assertThat(client.post(MESSAGES, withMetadata(390, SaveMessagesTest::collidingName))
                        .body())
                .contains("at most 64 entries");

        for (int i = 0; i < 30; i++) {
            String prefix = "name-" + i + "-";
            assertThat(client.post(MESSAGES, withMetadata(30, number -> prefix + number))
                            .statusCode())
                    .isEqualTo(201);
        }
    }

    private static String withMetadata(int names, IntFunction<String> name) {
        return IntStream.range(0, names)
                .mapToObj(number -> '"' + name.apply(number) + "\":\"1\"")
                .collect(Collectors.joining(",", "{\"role\":\"user\",\"content\":\"x\",\"metadata\":{", "}}"));
    }

    /** With hash codes as those of String, for which Ab and BA have one, as 33 times A and b is 33 times B and A. */
    private static String collidingName(int number) {
        return IntStream.range(0, 9)
                .mapToObj(bit -> (number >> bit & 1) == 0 ? "Ab" : "BA")
                .collect(Collectors.joining());
    }

    @Test
    @DisplayName("refuses If-None-Match, which it could not keep")
    void ifNoneMatch() throws Exception {
        assertProblem(client.post(MESSAGES, HELLO, "If-None-Match", "*"), 400, "invalid-value");

        assertThat(conversation().length()).isZero();
    }

    private Conversation conversation() {
        return client.store().find(ConversationId.of("onboarding", "alex"));
    }
}
