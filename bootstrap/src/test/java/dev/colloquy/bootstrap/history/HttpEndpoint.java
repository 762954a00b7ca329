package dev.colloquy.bootstrap.history;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublisher;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentMap;
import java.util.stream.Collectors;

/** A service process over HTTP. Safe for any number of threads. */
final class HttpEndpoint implements Endpoint {

    private static final ObjectMapper JSON = new ObjectMapper();
    private static final Duration TIMEOUT = Duration.ofSeconds(15);
    private static final int TOO_LARGE = 300_000;
    private static final ConcurrentMap<String, String> NAMES = new ConcurrentHashMap<>();

    private final HttpClient http =
            HttpClient.newBuilder().version(HttpClient.Version.HTTP_1_1).build();
    private final String base;

    HttpEndpoint(int port) {
        base = "http://127.0.0.1:" + port;
    }

    @Override
    public Outcome append(String conversation, List<Said> batch) {
        String messages = batch.stream().map(said -> json(said, said.name())).collect(Collectors.joining(","));
        String body = batch.size() == 1 ? messages : "{\"messages\":[" + messages + "]}";
        return post(conversation, body);
    }

    @Override
    public Outcome appendTooLarge(String conversation, Said message) {
        String content = message.name() + ".".repeat(TOO_LARGE);
        return post(conversation, json(message, content));
    }

    private static String json(Said said, String content) {
        String id = said.id().map(given -> "\"id\":\"" + given + "\",").orElse("");
        return "{" + id + "\"role\":\"user\",\"content\":\"" + content + "\"}";
    }

    private Outcome post(String conversation, String body) {
        try {
            HttpResponse<String> answer = send("POST", path(conversation) + "/messages", BodyPublishers.ofString(body));
            return switch (answer.statusCode()) {
                case 200, 201 ->
                    Outcome.stored(JSON.readTree(answer.body())
                            .path("messages")
                            .path(0)
                            .path("seq")
                            .asLong());
                case 202 -> Outcome.accepted();
                default -> notDone(answer);
            };
        } catch (IOException failed) {
            return Outcome.unknown(failed.getClass().getSimpleName());
        }
    }

    @Override
    public Outcome clear(String conversation) {
        try {
            HttpResponse<String> answer = send("DELETE", path(conversation), BodyPublishers.noBody());
            return switch (answer.statusCode()) {
                case 204 -> Outcome.done();
                case 202 -> Outcome.accepted();
                default -> notDone(answer);
            };
        } catch (IOException failed) {
            return Outcome.unknown(failed.getClass().getSimpleName());
        }
    }

    @Override
    public Optional<Sight> read(String conversation) {
        try {
            HttpResponse<String> answer = send("GET", path(conversation), BodyPublishers.noBody());
            if (answer.statusCode() != 200) {
                return Optional.empty();
            }
            JsonNode view = JSON.readTree(answer.body());
            List<Entry> entries = new ArrayList<>();
            for (JsonNode message : view.path("messages")) {
                String name = message.path("content").asText();
                entries.add(new Entry(message.path("seq").asLong(0), NAMES.computeIfAbsent(name, same -> same)));
            }
            return Optional.of(new Sight("live".equals(view.path("state").asText()), entries));
        } catch (IOException failed) {
            return Optional.empty();
        }
    }

    /** What {@code /health/ready} says: ready, degraded, unavailable, or silent. */
    String state() {
        try {
            HttpResponse<String> answer = send("GET", "/health/ready", BodyPublishers.noBody());
            return JSON.readTree(answer.body()).path("state").asText("silent");
        } catch (IOException failed) {
            return "silent";
        }
    }

    /** A body of this service, such as its metrics; empty if there is no answer. */
    Optional<String> get(String path) {
        try {
            HttpResponse<String> answer = send("GET", path, BodyPublishers.noBody());
            return answer.statusCode() == 200 ? Optional.of(answer.body()) : Optional.empty();
        } catch (IOException failed) {
            return Optional.empty();
        }
    }

    /** A 503 leaves it open: an attempt may have arrived although its answer did not. */
    private static Outcome notDone(HttpResponse<String> answer) {
        String reason = answer.statusCode() + " " + problem(answer.body());
        return answer.statusCode() == 503 || answer.statusCode() == 500
                ? Outcome.unknown(reason)
                : Outcome.refused(reason);
    }

    private static String problem(String body) {
        try {
            return JSON.readTree(body).path("type").asText();
        } catch (IOException notJson) {
            return "";
        }
    }

    private static String path(String conversation) {
        return "/v1/agents/history/users/" + conversation + "/conversation";
    }

    private HttpResponse<String> send(String method, String path, BodyPublisher body) throws IOException {
        HttpRequest request = HttpRequest.newBuilder(URI.create(base + path))
                .method(method, body)
                .header("Content-Type", "application/json")
                .timeout(TIMEOUT)
                .build();
        try {
            return http.send(request, BodyHandlers.ofString());
        } catch (InterruptedException ended) {
            Thread.currentThread().interrupt();
            throw new IOException(ended);
        }
    }
}
