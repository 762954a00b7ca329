package dev.colloquy.adapter.http;

import static dev.colloquy.adapter.http.Answers.header;
import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

@DisplayName("An answer that can have no content")
class NoContentTest {

    private static final String CONVERSATION = "/v1/agents/onboarding/users/alex/conversation";
    private static final String LIVE = "GET /health/live HTTP/1.1\r\nHost: x\r\n\r\n";

    private final Client client = Client.ofNewServer();

    @AfterEach
    void stop() {
        client.close();
    }

    @ParameterizedTest
    @ValueSource(strings = {"DELETE " + CONVERSATION, "OPTIONS " + CONVERSATION, "OPTIONS *"})
    @DisplayName("names no length when it is a 204, and the connection goes on")
    void noContent(String request) {
        assertGoesWithoutLength(204, request + " HTTP/1.1\r\nHost: x\r\n\r\n");
    }

    @ParameterizedTest
    @ValueSource(strings = {"GET", "HEAD"})
    @DisplayName("names no length when it is a 304, and the connection goes on")
    void notModified(String method) throws Exception {
        client.post(CONVERSATION + "/messages", "{\"role\":\"user\",\"content\":\"x\"}");
        String tag = header(client.get(CONVERSATION + "/messages"), "ETag");

        assertGoesWithoutLength(
                304,
                method + " " + CONVERSATION + "/messages HTTP/1.1\r\nHost: x\r\nIf-None-Match: " + tag + "\r\n\r\n");
    }

    @Test
    @DisplayName("is not one that merely has none")
    void emptyBody() {
        Filter filter = (request, next) -> Response.empty(202);
        try (Client other = Client.ofNewServer(List.of(filter))) {
            assertThat(other.raw(LIVE)).startsWith("HTTP/1.1 202 ").containsIgnoringCase("\r\nContent-Length: 0\r\n");
        }
    }

    private void assertGoesWithoutLength(int status, String request) {
        String[] answers = client.raw(request + LIVE).split("\r\n\r\n", 2);

        assertThat(answers[0]).startsWith("HTTP/1.1 " + status + " ").doesNotContainIgnoringCase("Content-Length");
        assertThat(answers[1]).startsWith("HTTP/1.1 200 ").containsIgnoringCase("\r\nContent-Length: ");
    }
}
