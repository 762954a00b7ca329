package dev.colloquy.adapter.http;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import com.networknt.schema.Error;
import com.networknt.schema.SchemaLocation;
import com.networknt.schema.SchemaRegistry;
import com.networknt.schema.SchemaRegistryConfig;
import com.networknt.schema.dialect.Dialects;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.function.Function;
import java.util.stream.Stream;

/** The OpenAPI document, as somebody reads it who wants to call the service. */
final class OpenApiDocument {

    private static final String OPENAPI = "https://spec.openapis.org/oas/3.1/schema-base/2022-10-07";

    /** What OpenAPI itself demands comes from the class path: there may be no internet. */
    private static final SchemaRegistry SCHEMAS = SchemaRegistry.withDialects(
            List.of(Dialects.getOpenApi31(), Dialects.getDraft202012()),
            builder -> builder.defaultDialectId(Dialects.getDraft202012().getId())
                    .schemaIdResolvers(
                            ids -> ids.mapPrefix("https://spec.openapis.org/", "classpath:spec.openapis.org/"))
                    .schemaRegistryConfig(SchemaRegistryConfig.builder()
                            .formatAssertionsEnabled(true)
                            .build()));

    private final JsonNode root;

    /**
     * Something that can be called.
     *
     * @param parameters its parameters
     * @param node its description
     */
    record Operation(String method, String path, List<JsonNode> parameters, JsonNode node) {

        List<JsonNode> parametersIn(String place) {
            return parameters.stream()
                    .filter(parameter -> parameter.get("in").textValue().equals(place))
                    .toList();
        }

        @Override
        public String toString() {
            return method + " " + path;
        }
    }

    OpenApiDocument(String json) {
        root = Answers.json(json);
    }

    JsonNode root() {
        return root;
    }

    List<Operation> operations() {
        List<Operation> operations = new ArrayList<>();
        root.get("paths")
                .properties()
                .forEach(path -> path.getValue()
                        .properties()
                        .forEach(method -> operations.add(new Operation(
                                method.getKey().toUpperCase(Locale.ROOT),
                                path.getKey(),
                                method.getValue()
                                        .path("parameters")
                                        .valueStream()
                                        .map(this::resolved)
                                        .toList(),
                                method.getValue()))));
        return operations;
    }

    Operation operation(String method, String path) {
        return operations().stream()
                .filter(operation -> operation.toString().equals(method + " " + path))
                .findFirst()
                .orElseThrow();
    }

    /** The response for a status, or a missing node if there is none. */
    JsonNode response(Operation operation, int status) {
        return resolved(operation.node().path("responses").path(Integer.toString(status)));
    }

    /** What the reference leads to, or the node itself if it is none. */
    JsonNode resolved(JsonNode node) {
        return node.has("$ref") ? root.at(node.get("$ref").textValue().substring(1)) : node;
    }

    /**
     * The examples of a parameter, header or media type. Those of what may be left out are in its schema: from there
     * the page does not fill them into a form.
     */
    static List<JsonNode> examples(JsonNode owner) {
        return Stream.of(
                        owner.path("example").isMissingNode()
                                ? Stream.<JsonNode>empty()
                                : Stream.of(owner.get("example")),
                        owner.path("examples").valueStream().map(example -> example.get("value")),
                        owner.at("/schema/examples").valueStream())
                .flatMap(Function.identity())
                .toList();
    }

    void assertFollows(JsonNode schema, JsonNode value, String description) {
        ObjectNode whole = schema.deepCopy();
        whole.set("components", root.get("components"));
        List<Error> errors = SCHEMAS.getSchema(whole).validate(value);
        assertThat(errors).as("%s: %s", description, value).isEmpty();
    }

    void assertFollowsOpenApi() {
        assertThat(SCHEMAS.getSchema(SchemaLocation.of(OPENAPI)).validate(root)).isEmpty();
    }
}
