package dev.colloquy.adapter.http;

import com.fasterxml.jackson.databind.JsonNode;
import dev.colloquy.adapter.http.OpenApiDocument.Operation;
import java.net.URLEncoder;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * A request made of the examples in the OpenAPI document.
 *
 * @param target path and query
 * @param headers names and values in turn
 * @param body null for none
 */
record OpenApiCall(
        Operation operation,
        String target,
        List<String> headers,
        @Nullable JsonNode body) {

    /** With the first example of all that is required; then once for each further example, with this one instead. */
    static Set<OpenApiCall> allOf(Operation operation) {
        Map<String, JsonNode> required = new HashMap<>();
        for (JsonNode parameter : operation.parameters()) {
            if (parameter.path("required").booleanValue()) {
                required.put(
                        parameter.get("name").textValue(),
                        OpenApiDocument.examples(parameter).getFirst());
            }
        }
        List<JsonNode> bodies = OpenApiDocument.examples(
                operation.node().path("requestBody").path("content").path("application/json"));
        JsonNode body = bodies.isEmpty() ? null : bodies.getFirst();
        Set<OpenApiCall> calls = new LinkedHashSet<>();
        calls.add(of(operation, required, body));
        for (JsonNode parameter : operation.parameters()) {
            for (JsonNode example : OpenApiDocument.examples(parameter)) {
                Map<String, JsonNode> values = new HashMap<>(required);
                values.put(parameter.get("name").textValue(), example);
                calls.add(of(operation, values, body));
            }
        }
        bodies.forEach(other -> calls.add(of(operation, required, other)));
        return calls;
    }

    private static OpenApiCall of(Operation operation, Map<String, JsonNode> values, @Nullable JsonNode body) {
        String[] path = operation.parametersIn("path").stream()
                .map(parameter -> values.get(parameter.get("name").textValue()).asText())
                .toArray(String[]::new);
        StringBuilder target =
                new StringBuilder(PathTemplate.of(operation.path()).expand(path));
        char separator = '?';
        for (JsonNode parameter : operation.parametersIn("query")) {
            JsonNode value = values.get(parameter.get("name").textValue());
            if (value != null) {
                target.append(separator)
                        .append(parameter.get("name").textValue())
                        .append('=')
                        .append(URLEncoder.encode(value.asText(), StandardCharsets.UTF_8));
                separator = '&';
            }
        }
        List<String> headers = new ArrayList<>();
        for (JsonNode parameter : operation.parametersIn("header")) {
            JsonNode value = values.get(parameter.get("name").textValue());
            if (value != null) {
                headers.add(parameter.get("name").textValue());
                headers.add(value.asText());
            }
        }
        return new OpenApiCall(operation, target.toString(), List.copyOf(headers), body);
    }

    HttpResponse<String> send(Client client, String... moreHeaders) throws Exception {
        List<String> all = new ArrayList<>(headers);
        all.addAll(List.of(moreHeaders));
        String[] sent = all.toArray(String[]::new);
        return body == null
                ? client.send(operation.method(), target, BodyPublishers.noBody(), sent)
                : client.post(target, body.toString(), sent);
    }
}
