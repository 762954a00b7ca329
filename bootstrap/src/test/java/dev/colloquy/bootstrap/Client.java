package dev.colloquy.bootstrap;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.time.Duration;
import java.util.Map;
import java.util.concurrent.CompletableFuture;

/** What an agent in another language does: plain HTTP and JSON. */
final class Client implements AutoCloseable {

    private static final ObjectMapper JSON = new ObjectMapper();

    private final HttpClient http = HttpClient.newBuilder()
            .version(HttpClient.Version.HTTP_1_1)
            .connectTimeout(Duration.ofSeconds(10))
            .build();
    private final URI base;

    Client(int port) {
        base = URI.create("http://127.0.0.1:" + port + "/v1/agents/");
    }

    int save(String agent, String user, String role, String content) {
        return send(saving(agent, user, role, content)).statusCode();
    }

    CompletableFuture<Integer> saveLater(String agent, String user, String role, String content) {
        return http.sendAsync(saving(agent, user, role, content), BodyHandlers.discarding())
                .thenApply(HttpResponse::statusCode);
    }

    JsonNode messages(String agent, String user) {
        HttpResponse<String> response =
                send(request(agent, user, "/messages").GET().build());
        if (response.statusCode() != 200) {
            throw new IllegalStateException("GET gave " + response.statusCode() + ": " + response.body());
        }
        return json(response.body());
    }

    /** The entity tag of the answer to saving what a body says. */
    String tagOfSaving(String agent, String user, String body) {
        return tag(send(saving(agent, user, body)));
    }

    /** The entity tag of messages; the range is a query with its question mark, or empty. */
    String tag(String agent, String user, String range) {
        return tag(send(request(agent, user, "/messages" + range).build()));
    }

    /** Whether a client that has messages with this tag is told that it has them. */
    boolean isUnchanged(String agent, String user, String range, String tag) {
        HttpRequest request = request(agent, user, "/messages" + range)
                .header("If-None-Match", tag)
                .build();
        return send(request).statusCode() == 304;
    }

    private static String tag(HttpResponse<String> response) {
        return response.headers().firstValue("ETag").orElseThrow();
    }

    int clear(String agent, String user) {
        return send(request(agent, user, "").DELETE().build()).statusCode();
    }

    int ready() {
        return send(HttpRequest.newBuilder(base.resolve("/health/ready")).build())
                .statusCode();
    }

    @Override
    public void close() {
        http.close();
    }

    private HttpRequest saving(String agent, String user, String role, String content) {
        return saving(agent, user, json(Map.of("role", role, "content", content)));
    }

    private HttpRequest saving(String agent, String user, String body) {
        return request(agent, user, "/messages")
                .header("Content-Type", "application/json")
                .POST(BodyPublishers.ofString(body))
                .build();
    }

    private HttpRequest.Builder request(String agent, String user, String below) {
        return HttpRequest.newBuilder(base.resolve(agent + "/users/" + user + "/conversation" + below))
                .timeout(Duration.ofSeconds(60));
    }

    private HttpResponse<String> send(HttpRequest request) {
        try {
            return http.send(request, BodyHandlers.ofString());
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IllegalStateException(e);
        }
    }

    private static JsonNode json(String text) {
        try {
            return JSON.readTree(text);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static String json(Object value) {
        try {
            return JSON.writeValueAsString(value);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
