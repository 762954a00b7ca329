package dev.colloquy.adapter.http;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import dev.colloquy.adapter.http.OpenApiDocument.Operation;
import dev.colloquy.adapter.http.problem.ProblemType;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.regex.MatchResult;
import java.util.regex.Pattern;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;

@DisplayName("The OpenAPI document")
class OpenApiTest {

    private static final HttpFeatures ALL = HttpFeatures.NONE.withMetrics(() -> "a 1\n");

    private Client client;
    private String json;
    private OpenApiDocument document;

    @BeforeEach
    void start() throws Exception {
        client = Client.ofNewServer(ALL);
        json = client.get("/openapi").body();
        document = new OpenApiDocument(json);
    }

    @AfterEach
    void stop() {
        client.close();
    }

    @Test
    @DisplayName("follows OpenAPI 3.1")
    void follows() {
        assertThat(document.root().get("openapi").textValue()).startsWith("3.1.");
        document.assertFollowsOpenApi();
    }

    @Test
    @DisplayName("has every route, with its query parameters, and no other")
    void routes() {
        Map<String, Set<String>> real = new TreeMap<>();
        for (Route route : Routes.over(client.store().ports(), ALL)) {
            real.put(route.method() + " " + route.template().text(), new TreeSet<>(route.parameters()));
        }
        Map<String, Set<String>> described = new TreeMap<>();
        for (Operation operation : document.operations()) {
            described.put(operation.toString(), names(operation.parametersIn("query")));
            assertThat(names(operation.parametersIn("path")))
                    .as("path parameters of %s", operation)
                    .isEqualTo(templateNames(operation.path()));
        }

        assertThat(described).isEqualTo(real);
    }

    @Test
    @DisplayName("warns of users whose names many clients take out of the path")
    void users() {
        assertThat(document.root().at("/components/parameters/User/description").textValue())
                .contains("`.` or `..`");
    }

    @Test
    @DisplayName("asks for a token where the service does")
    void security() {
        for (Operation operation : document.operations()) {
            boolean open = operation.node().path("security").isArray();

            assertThat(open)
                    .as("%s is open", operation)
                    .isEqualTo(!operation.path().startsWith("/v1/")
                            && !operation.path().equals("/metrics"));
            assertThat(document.response(operation, 401).isMissingNode()).isEqualTo(open);
            assertThat(document.response(operation, 403).isMissingNode()).isEqualTo(open);
        }
        assertThat(document.root().at("/security/0/bearer").isArray()).isTrue();
    }

    @Test
    @DisplayName("has every type of problem with its status, an example and its title, and no other")
    void problems() {
        Map<String, String> described = new TreeMap<>();
        document.root().at("/components/responses").forEach(response -> {
            JsonNode content = response.at("/content/application~1problem+json");
            JsonNode schema = document.resolved(content.get("schema"));
            Set<String> examples = new TreeSet<>();
            for (JsonNode example : OpenApiDocument.examples(content)) {
                examples.add(example.get("type").textValue());
                described.put(
                        example.get("type").textValue(),
                        schema.at("/properties/status/const") + " "
                                + example.get("title").textValue());
            }
            assertThat(schema.at("/properties/type/enum").valueStream().map(JsonNode::textValue))
                    .containsExactlyInAnyOrderElementsOf(examples);
        });
        Map<String, String> real = new TreeMap<>();
        Arrays.stream(ProblemType.values()).forEach(type -> real.put(type.uri(), type.status() + " " + type.title()));

        assertThat(described).isEqualTo(real);
        assertThat(Pattern.compile("urn:colloquy:problem:[a-z-]+")
                        .matcher(json)
                        .results()
                        .map(MatchResult::group))
                .isSubsetOf(real.keySet());
    }

    @Test
    @DisplayName("lists each problem under its own status")
    void statuses() {
        for (Operation operation : document.operations()) {
            operation.node().get("responses").properties().forEach(entry -> {
                JsonNode content = document.resolved(entry.getValue()).at("/content/application~1problem+json");
                if (content.isObject()) {
                    assertThat(document.resolved(content.get("schema"))
                                    .at("/properties/status/const")
                                    .asText())
                            .as(operation.toString())
                            .isEqualTo(entry.getKey());
                }
            });
        }
    }

    @Test
    @DisplayName("lets every call bring a correlation id, and shows it in every answer")
    void correlation() {
        for (Operation operation : document.operations()) {
            assertThat(names(operation.parametersIn("header")))
                    .as(operation.toString())
                    .contains("X-Correlation-Id");
            operation
                    .node()
                    .get("responses")
                    .forEach(response -> assertThat(
                                    document.resolved(response).path("headers").has("X-Correlation-Id"))
                            .as(operation.toString())
                            .isTrue());
        }
    }

    /** Generated clients read the body of every answer that is no error as what the first one is described as. */
    @Test
    @DisplayName("describes the bodies of all answers to a call that went well by one schema")
    void successes() {
        for (Operation operation : document.operations()) {
            Set<String> schemas = new TreeSet<>();
            operation.node().get("responses").properties().forEach(response -> {
                if (response.getKey().startsWith("2")) {
                    schemas.add(response.getValue()
                            .path("content")
                            .findPath("schema")
                            .toString());
                }
            });
            assertThat(schemas).as(operation.toString()).hasSize(1);
        }
    }

    @Test
    @DisplayName("lists no limits for operators, and no failure that their calls do not have")
    void operators() {
        Operation live = document.operation("GET", "/health/live");
        Operation ready = document.operation("GET", "/health/ready");
        Operation metrics = document.operation("GET", "/metrics");

        for (Operation operation : List.of(live, ready, metrics)) {
            assertThat(document.response(operation, 429).isMissingNode())
                    .as(operation.toString())
                    .isTrue();
        }
        assertThat(document.response(live, 503).isMissingNode()).isTrue();
        assertThat(document.response(ready, 503).get("content").fieldNames())
                .toIterable()
                .containsExactly("application/json");
        assertThat(OpenApiDocument.examples(document.response(metrics, 503).at("/content/application~1problem+json")))
                .extracting(example -> example.get("type").textValue())
                .containsExactly(ProblemType.KEYS_UNAVAILABLE.uri());
    }

    private static Set<String> names(List<JsonNode> parameters) {
        Set<String> names = new TreeSet<>();
        parameters.forEach(parameter -> names.add(parameter.get("name").textValue()));
        return names;
    }

    private static Set<String> templateNames(String path) {
        Set<String> names = new TreeSet<>();
        Pattern.compile("\\{(\\w+)}").matcher(path).results().forEach(match -> names.add(match.group(1)));
        return names;
    }
}
