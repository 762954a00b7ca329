package dev.colloquy.adapter.http;

import static dev.colloquy.adapter.http.Answers.assertProblem;
import static dev.colloquy.adapter.http.Answers.header;
import static dev.colloquy.adapter.http.Answers.json;
import static org.assertj.core.api.Assertions.assertThat;

import java.net.URLDecoder;
import java.net.http.HttpRequest.BodyPublishers;
import java.nio.charset.StandardCharsets;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

@DisplayName("A conversation")
class ReadConversationTest {

    private static final String CONVERSATION = "/v1/agents/onboarding/users/alex/conversation";
    private static final String MESSAGES = CONVERSATION + "/messages";

    private Client client;

    @BeforeEach
    void start() {
        client = Client.ofNewServer();
    }

    @AfterEach
    void stop() {
        client.close();
    }

    @Nested
    @DisplayName("gives its messages")
    class Messages {

        @BeforeEach
        void save() throws Exception {
            for (String id : new String[] {"a", "b", "c", "d"}) {
                client.post(MESSAGES, "{\"id\":\"" + id + "\",\"role\":\"user\",\"content\":\"" + id + "\"}");
            }
        }

        @ParameterizedTest(name = "{0} gives {1}")
        @CsvSource({
            "'', abcd",
            "?last=2, cd",
            "?last=99, abcd",
            "?last=999999999999, abcd",
            "?after=1&limit=2, bc",
            "?after=1, bcd",
            "?limit=2, ab",
            "?after=4, ''",
            "?after=0, abcd",
            "?, abcd"
        })
        @DisplayName("oldest first, as many as asked for")
        void ranges(String query, String expected) throws Exception {
            var answer = client.get(MESSAGES + query);

            assertThat(answer.statusCode()).isEqualTo(200);
            assertThat(String.join("", json(answer).findValuesAsText("content")))
                    .isEqualTo(expected);
        }

        @ParameterizedTest(name = "{0} is wrong in {1}")
        @CsvSource({
            "?last=0, last, invalid-value",
            "?last=-1, last, invalid-value",
            "?last=x, last, invalid-value",
            "?last=, last, invalid-value",
            "?last=1&after=1, last, invalid-value",
            "?last=1&limit=1, last, invalid-value",
            "?after=-1, after, invalid-value",
            "?after=1.5, after, invalid-value",
            "?after=9999999999999999999, after, invalid-value",
            "?limit=0, limit, invalid-value",
            "?lats=1, lats, unknown-parameter",
            "?last=1&last=1, last, malformed-uri",
            "?last=%zz, , malformed-uri",
            "?%ff=1, , malformed-uri"
        })
        @DisplayName("and refuses a query that makes no sense")
        void badRanges(String query, String field, String type) {
            String answer = client.raw("GET " + MESSAGES + query + " HTTP/1.1\r\nHost: x\r\nConnection: close\r\n\r\n");

            assertThat(answer).startsWith("HTTP/1.1 400 ").contains("urn:colloquy:problem:" + type + "\"");
            if (field != null) {
                assertThat(answer).contains("\"field\":\"" + field + "\"", "\"allowed\":\"");
            }
        }

        @ParameterizedTest
        @ValueSource(strings = {"TAG", "W/TAG", "\"1:a\", TAG", "*", " \"x,y\" ,W/TAG "})
        @DisplayName("or 304 when the client has them")
        void notModified(String tags) throws Exception {
            String tag = header(client.get(MESSAGES), "ETag");
            var answer = client.get(MESSAGES, "If-None-Match", tags.replace("TAG", tag));

            assertThat(answer.statusCode()).isEqualTo(304);
            assertThat(answer.body()).isEmpty();
            assertThat(header(answer, "ETag")).isEqualTo(tag).startsWith("\"4:d;");
        }

        @Test
        @DisplayName("again when something was said since")
        void modified() throws Exception {
            String tag = header(client.get(MESSAGES), "ETag");
            client.post(MESSAGES, "{\"id\":\"e\",\"role\":\"user\",\"content\":\"e\"}");
            assertThat(client.get(MESSAGES, "If-None-Match", tag).statusCode()).isEqualTo(200);
            assertProblem(client.get(MESSAGES, "If-None-Match", "3:c"), 400, "invalid-value");
        }

        @ParameterizedTest
        @ValueSource(strings = {"", "?last=2", "?after=0&limit=4", "?after=2&limit=1"})
        @DisplayName("again when they were cleared and their ids used for others")
        void usedAgain(String query) throws Exception {
            String tag = header(client.get(MESSAGES + query), "ETag");
            assertThat(client.get(MESSAGES + query, "If-None-Match", tag).statusCode())
                    .isEqualTo(304);

            client.send("DELETE", CONVERSATION, BodyPublishers.noBody());
            for (String id : new String[] {"a", "b", "c", "d"}) {
                client.post(MESSAGES, "{\"id\":\"" + id + "\",\"role\":\"user\",\"content\":\"other\"}");
            }

            assertThat(client.get(MESSAGES + query, "If-None-Match", tag).statusCode())
                    .isEqualTo(200);
        }

        @Test
        @DisplayName("or 304 when the client has seen that there are none behind the last one")
        void nothingNew() throws Exception {
            var answer = client.get(MESSAGES + "?after=4");

            assertThat(header(answer, "ETag")).isEqualTo("\"4:d\"");
            assertThat(client.get(MESSAGES + "?after=4", "If-None-Match", "\"4:d\"")
                            .statusCode())
                    .isEqualTo(304);
        }

        @Test
        @DisplayName("to HEAD without a body, but with its length")
        void head() throws Exception {
            var got = client.get(MESSAGES);
            var head = client.send("HEAD", MESSAGES, BodyPublishers.noBody());

            assertThat(head.statusCode()).isEqualTo(200);
            assertThat(head.body()).isEmpty();
            assertThat(header(head, "Content-Length")).isEqualTo(header(got, "Content-Length"));
            assertThat(header(head, "ETag")).isEqualTo(header(got, "ETag"));
        }

        @Test
        @DisplayName("inside an envelope, too")
        void envelope() throws Exception {
            var answer = json(client.get(CONVERSATION + "?last=1"));

            assertThat(answer.get("agent").textValue()).isEqualTo("onboarding");
            assertThat(answer.get("user").textValue()).isEqualTo("alex");
            assertThat(answer.get("length").intValue()).isEqualTo(4);
            assertThat(answer.get("firstSeq").intValue()).isEqualTo(1);
            assertThat(answer.get("lastSeq").intValue()).isEqualTo(4);
            assertThat(answer.get("expiresAt").textValue()).isEqualTo("2026-01-09T03:04:05.678Z");
            assertThat(answer.get("state").textValue()).isEqualTo("live");
            assertThat(answer.get("messages").findValuesAsText("seq")).containsExactly("4");
        }

        @Test
        @DisplayName("until it is cleared")
        void clear() throws Exception {
            var answer = client.send("DELETE", CONVERSATION, BodyPublishers.noBody());

            assertThat(answer.statusCode()).isEqualTo(204);
            assertThat(client.get(MESSAGES).body()).isEqualTo("[]");
            assertThat(client.send("DELETE", CONVERSATION, BodyPublishers.noBody())
                            .statusCode())
                    .isEqualTo(204);
        }

        @Test
        @DisplayName("and is not cleared under a condition that cannot be kept")
        void conditionalClear() throws Exception {
            var answer = client.send("DELETE", CONVERSATION, BodyPublishers.noBody(), "If-Match", "\"4:d\"");

            assertProblem(answer, 400, "invalid-value");
            assertThat(json(client.get(MESSAGES))).hasSize(4);
        }
    }

    @Test
    @DisplayName("that is unknown is empty, not an error")
    void unknown() throws Exception {
        var answer = client.get(MESSAGES);

        assertThat(answer.statusCode()).isEqualTo(200);
        assertThat(answer.body()).isEqualTo("[]");
        assertThat(header(answer, "ETag")).isEqualTo("\"0\"");
        assertThat(client.get(CONVERSATION).body())
                .isEqualTo(
                        "{\"agent\":\"onboarding\",\"user\":\"alex\",\"length\":0,\"state\":\"live\",\"messages\":[]}");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "auth0%7C7",
                "a@b.c",
                "org:7%2Fann",
                "org%3a7%2fann",
                "with%20space",
                "%F0%9F%8E%89",
                "..",
                ".",
                "%2E%2e",
                "a;b=c;d",
                "a+b",
                "100%25",
                "%2525",
                "a&b=c,d$e!*'()",
                "conversation",
                "%D7%A9%D7%9C%D7%95%D7%9D",
                "a%3Fb%23c"
            })
    @DisplayName("belongs to exactly the user that the path names")
    void names(String encoded) {
        String user = URLDecoder.decode(encoded.replace("+", "%2B"), StandardCharsets.UTF_8);
        String path = "/v1/agents/onboarding/users/" + encoded + "/conversation";
        String body = "{\"role\":\"user\",\"content\":\"x\"}";

        assertThat(client.raw("POST " + path + "/messages HTTP/1.1\r\nHost: x\r\nConnection: close\r\n"
                        + "Content-Type: application/json\r\nContent-Length: " + body.length() + "\r\n\r\n" + body))
                .startsWith("HTTP/1.1 201 ");

        String listed = get("/v1/agents/onboarding/conversations");
        assertThat(json(listed).at("/conversations/0/user").textValue()).isEqualTo(user);
        String href = json(listed).at("/conversations/0/href").textValue();
        assertThat(json(get(href)).get("user").textValue()).isEqualTo(user);
        assertThat(json(get(href)).get("length").intValue()).isEqualTo(1);
    }

    @ParameterizedTest
    @CsvSource({
        "Last, /v1/agents/onboarding/users/alex/conversation/messages",
        "After, /v1/agents/onboarding/users/alex/conversation/messages",
        "Limit, /v1/agents/onboarding/users/alex/conversation",
        "PageLimit, /v1/agents/onboarding/conversations"
    })
    @DisplayName("is read with numbers from the smallest to the largest that the OpenAPI document allows")
    void bounds(String parameter, String path) throws Exception {
        var described = json(client.get("/openapi")).at("/components/parameters/" + parameter);
        String query = path + "?" + described.get("name").textValue() + "=";
        long least = described.at("/schema/minimum").longValue();
        long most = described.at("/schema/maximum").longValue();

        for (long within : new long[] {least, most}) {
            assertThat(client.get(query + within).statusCode()).isEqualTo(200);
        }
        for (String beyond : new String[] {"" + (least - 1), "" + (most + 1), "-" + most, "many", ""}) {
            var problem = assertProblem(client.get(query + beyond), 400, "invalid-value");
            assertThat(problem.get("allowed").textValue()).isEqualTo("a whole number from " + least + " to " + most);
        }
    }

    @Test
    @DisplayName("is listed with those of the same agent, page by page")
    void listing() throws Exception {
        client.post(MESSAGES, "{\"role\":\"user\",\"content\":\"x\"}");
        client.post(MESSAGES.replace("onboarding", "other"), "{\"role\":\"user\",\"content\":\"x\"}");

        assertThat(client.get("/v1/agents/onboarding/conversations").body())
                .isEqualTo("{\"conversations\":[{\"agent\":\"onboarding\",\"user\":\"alex\",\"href\":\"" + CONVERSATION
                        + "\"}],\"next\":\"more of it+\"}");
        assertThat(client.get("/v1/agents/onboarding/conversations?limit=5&cursor=more%20of%20it%2B")
                        .body())
                .isEqualTo("{\"conversations\":[],\"next\":null}");
        assertProblem(client.get("/v1/agents/onboarding/conversations?limit=1001"), 400, "invalid-value");
    }

    private String get(String path) {
        String answer = client.raw("GET " + path + " HTTP/1.1\r\nHost: x\r\nConnection: close\r\n\r\n");
        assertThat(answer).startsWith("HTTP/1.1 200 ");
        return answer.substring(answer.indexOf("\r\n\r\n") + 4);
    }

    @Test
    @DisplayName("is kept by no cache but the caller's own, which asks again each time, and taken for nothing but JSON")
    void caching() throws Exception {
        client.post(MESSAGES, "{\"role\":\"user\",\"content\":\"x\"}");
        String tag = header(client.get(MESSAGES), "ETag");

        assertThat(header(client.get(MESSAGES), "Cache-Control")).isEqualTo("private, no-cache");
        assertThat(header(client.get(MESSAGES, "If-None-Match", tag), "Cache-Control"))
                .isEqualTo("private, no-cache");
        for (String path : new String[] {CONVERSATION, "/v1/agents/onboarding/conversations", "/nope"}) {
            assertThat(header(client.get(path), "Cache-Control")).isEqualTo("no-store");
            assertThat(header(client.get(path), "X-Content-Type-Options")).isEqualTo("nosniff");
        }
        assertThat(client.raw("GET / HTTP/1.1\r\n\r\n")).containsIgnoringCase("\r\nCache-Control: no-store\r\n");
    }

    @ParameterizedTest
    @CsvSource({
        "GET, /messages, If-Match",
        "DELETE, '', If-Match",
        "DELETE, '', If-None-Match",
        "POST, /messages, If-None-Match"
    })
    @DisplayName("refuses a condition that the method cannot keep, and stays as it is")
    void conditions(String method, String path, String condition) throws Exception {
        client.post(MESSAGES, "{\"role\":\"user\",\"content\":\"x\"}");
        var body = BodyPublishers.ofString("{\"role\":\"user\",\"content\":\"y\"}");
        var answer =
                client.send(method, CONVERSATION + path, body, "Content-Type", "application/json", condition, "\"0\"");

        assertProblem(answer, 400, "invalid-value");
        assertThat(json(client.get(MESSAGES))).hasSize(1);
    }
}
