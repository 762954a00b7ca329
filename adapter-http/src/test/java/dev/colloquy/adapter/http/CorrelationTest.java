package dev.colloquy.adapter.http;

import static dev.colloquy.adapter.http.Answers.header;
import static dev.colloquy.adapter.http.Answers.json;
import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

@DisplayName("The correlation id")
class CorrelationTest {

    private static final String MESSAGES = "/v1/agents/onboarding/users/alex/conversation/messages";

    @Test
    @DisplayName("is in every answer to a request that could be read, and another one each time")
    void always() throws Exception {
        try (Client client = Client.ofNewServer()) {
            String first = header(client.get(MESSAGES), "X-Correlation-Id");

            assertThat(first).hasSize(36);
            assertThat(header(client.get("/nope"), "X-Correlation-Id"))
                    .hasSize(36)
                    .isNotEqualTo(first);
            assertThat(client.raw("GET / HTTP/1.0\r\nHost: x\r\n\r\n")).doesNotContainIgnoringCase("X-Correlation-Id");
        }
    }

    @Test
    @DisplayName("is the caller's own, also in the body of an error")
    void given() throws Exception {
        try (Client client = Client.ofNewServer()) {
            var failed = client.post(
                    MESSAGES, "{\"role\":\"user\",\"content\":\"boom\"}", "X-Correlation-Id", "order-7:try.2");

            assertThat(failed.statusCode()).isEqualTo(500);
            assertThat(header(failed, "X-Correlation-Id")).isEqualTo("order-7:try.2");
            assertThat(json(failed).get("correlationId").textValue()).isEqualTo("order-7:try.2");
        }
    }

    @ParameterizedTest
    @ValueSource(
            strings = {"a b", "<script>", "a\tb", "0123456789012345678901234567890123456789012345678901234567890123x"})
    @DisplayName("is a new one when the caller's would not look like one in a log")
    void unusable(String given) throws Exception {
        try (Client client = Client.ofNewServer()) {
            assertThat(header(client.get(MESSAGES, "X-Correlation-Id", given), "X-Correlation-Id"))
                    .hasSize(36);
        }
    }
}
