package dev.colloquy.adapter.http;

import static org.assertj.core.api.Assertions.assertThat;

import java.net.http.HttpResponse;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Test;

@DisplayName("The HTTP surface")
class HttpServerTest {

    @Nested
    @DisplayName("saves messages")
    class Saving {

        @Test
        @DisplayName("one at a time, and gives them back in order")
        void saveAndRead() throws Exception {
            try (Client client = Client.ofNewServer()) {
                HttpResponse<String> saved = client.post(
                        "/v1/agents/onboarding/users/alex/conversation/messages",
                        "{\"role\":\"agent\",\"content\":\"What's your name?\",\"id\":\"m1\"}");
                assertThat(saved.statusCode()).isEqualTo(201);
                assertThat(saved.body())
                        .isEqualTo("{\"messages\":[{\"seq\":1,\"id\":\"m1\",\"role\":\"agent\","
                                + "\"content\":\"What's your name?\",\"at\":\"2026-01-02T03:04:05.678Z\"}],"
                                + "\"length\":1,\"expiresAt\":\"2026-01-09T03:04:05.678Z\"}");
                assertThat(client.get("/v1/agents/onboarding/users/alex/conversation/messages")
                                .body())
                        .startsWith("[{\"seq\":1,");
            }
        }
    }
}
