package dev.colloquy.adapter.http;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.TextNode;
import dev.colloquy.adapter.http.OpenApiDocument.Operation;
import java.net.http.HttpResponse;
import java.util.List;
import java.util.Set;

/** Holds a real answer against the OpenAPI document. */
record OpenApiAnswer(OpenApiDocument document) {

    /** Headers that say something about this call; the others go with every answer. */
    private static final Set<String> TELLING = Set.of(
            "ETag",
            "Location",
            "Colloquy-State",
            "Retry-After",
            "WWW-Authenticate",
            "Allow",
            "Accept-Post",
            "X-Correlation-Id");

    /** How each answer may be kept unless it says so itself. */
    private static final List<String> UNLESS_SAID = List.of("no-store");

    void assertDescribed(Operation operation, HttpResponse<String> answer) {
        int status = answer.statusCode();
        JsonNode response = document.response(operation, status);
        assertThat(response.isObject()).as("%s describes %s", operation, status).isTrue();
        assertHeaders(operation, response, answer);
        if (answer.body().isEmpty()) {
            assertThat(response.has("content"))
                    .as("%s %s has a body", operation, status)
                    .isFalse();
        } else {
            assertBody(operation, response, answer);
        }
    }

    private void assertHeaders(Operation operation, JsonNode response, HttpResponse<String> answer) {
        JsonNode headers = response.path("headers");
        headers.properties().forEach(entry -> {
            JsonNode header = document.resolved(entry.getValue());
            String name = entry.getKey();
            var value = answer.headers().firstValue(name);
            assertThat(value.isPresent() || !header.path("required").booleanValue())
                    .as("%s %s has the header %s", operation, answer.statusCode(), name)
                    .isTrue();
            value.ifPresent(text -> document.assertFollows(header.get("schema"), TextNode.valueOf(text), name));
        });
        for (String name : TELLING) {
            assertThat(answer.headers().firstValue(name).isEmpty() || headers.has(name))
                    .as("%s %s describes the header %s", operation, answer.statusCode(), name)
                    .isTrue();
        }
        assertThat(answer.headers().allValues("Cache-Control").equals(UNLESS_SAID) || headers.has("Cache-Control"))
                .as("%s %s describes the header Cache-Control", operation, answer.statusCode())
                .isTrue();
    }

    private void assertBody(Operation operation, JsonNode response, HttpResponse<String> answer) {
        String type = answer.headers().firstValue("Content-Type").orElseThrow().replaceAll(";.*", "");
        JsonNode content = response.path("content").path(type);
        assertThat(content.isObject())
                .as("%s %s describes %s", operation, answer.statusCode(), type)
                .isTrue();
        if (type.endsWith("json")) {
            document.assertFollows(content.get("schema"), Answers.json(answer), operation + " " + answer.statusCode());
        }
    }
}
