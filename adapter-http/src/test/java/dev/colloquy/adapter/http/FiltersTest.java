package dev.colloquy.adapter.http;

import static dev.colloquy.adapter.http.Answers.assertProblem;
import static dev.colloquy.adapter.http.Answers.header;
import static org.assertj.core.api.Assertions.assertThat;

import dev.colloquy.domain.error.StoreUnavailable;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;

@DisplayName("Filters")
class FiltersTest {

    private static final String MESSAGES = "/v1/agents/onboarding/users/alex/conversation/messages";

    @Test
    @DisplayName("see the route's template, its parameters and the answer of every request")
    void see() throws Exception {
        List<String> seen = new CopyOnWriteArrayList<>();
        Filter filter = (request, next) -> {
            Response response = next.handle(request);
            seen.add(request.method() + " "
                    + request.route().map(route -> route.template().text()).orElse("-") + " "
                    + request.path().getOrDefault("user", "-") + " " + response.status());
            return response;
        };
        try (Client client = Client.ofNewServer(List.of(filter))) {
            client.get(MESSAGES);
            client.post(MESSAGES, "{");
            client.post(MESSAGES, "{\"role\":\"user\",\"content\":\"boom\"}");
            client.get("/nope");
            client.get("/v1/agents/a/users/%ff/conversation");
        }

        String template = "/v1/agents/{agent}/users/{user}/conversation/messages";
        assertThat(seen)
                .containsExactly(
                        "GET " + template + " alex 200",
                        "POST " + template + " alex 400",
                        "POST " + template + " alex 500",
                        "GET - - 404",
                        "GET - - 400");
    }

    @Test
    @DisplayName("may answer themselves, add to an answer, or fail, the outer one seeing what the inner one did")
    void around() throws Exception {
        Filter outer = (request, next) -> next.handle(request).with("X-Outer", "yes");
        Filter inner = (request, next) -> {
            if (request.header("X-Fail").isPresent()) {
                throw new StoreUnavailable("no answer", null);
            }
            return Response.empty(204);
        };
        try (Client client = Client.ofNewServer(List.of(outer, inner))) {
            var answered = client.get(MESSAGES);
            assertThat(answered.statusCode()).isEqualTo(204);
            assertThat(header(answered, "X-Outer")).isEqualTo("yes");

            var failed = client.get(MESSAGES, "X-Fail", "1");
            assertProblem(failed, 503, "store-unavailable");
            assertThat(header(failed, "X-Outer")).isEqualTo("yes");
        }
    }
}
