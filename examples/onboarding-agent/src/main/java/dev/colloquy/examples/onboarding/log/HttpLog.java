package dev.colloquy.examples.onboarding.log;

import com.fasterxml.jackson.core.JacksonException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.json.JsonMapper;
import dev.colloquy.examples.onboarding.interview.Said;
import java.io.IOException;
import java.net.URI;
import java.net.URLEncoder;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/** Keeps the conversation in a running Colloquy service. */
public final class HttpLog implements ConversationLog {

    private static final JsonMapper JSON = new JsonMapper();

    private final URI service;
    private final @Nullable String token;
    private final URI conversation;
    private final URI messages;
    private final HttpClient client = HttpClient.newBuilder()
            .version(HttpClient.Version.HTTP_1_1)
            .connectTimeout(Duration.ofSeconds(5))
            .build();

    /**
     * @param service where the service is, such as {@code http://127.0.0.1:8080}
     * @param token the token to send with each request, or null or a blank one for none; never shown
     * @param agent the agent's name
     * @param user the user's name
     */
    public HttpLog(URI service, @Nullable String token, String agent, String user) {
        this.service = service;
        this.token = token == null || token.isBlank() ? null : sendable(token.strip());
        String root = service.toString().replaceFirst("/+$", "");
        this.conversation =
                URI.create(root + "/v1/agents/" + segment(agent) + "/users/" + segment(user) + "/conversation");
        this.messages = URI.create(conversation + "/messages");
    }

    @Override
    public List<Said> read() {
        HttpResponse<String> answer =
                Patience.untilLive(() -> send(request(messages).GET().build(), 200), HttpLog::isLive);
        List<Said> said = new ArrayList<>();
        for (JsonNode message : parse(answer.body())) {
            String text = message.path("content").asText();
            switch (message.path("role").asText()) {
                case "agent" -> said.add(Said.byAgent(text));
                case "user" -> said.add(Said.byUser(text));
                default -> {} // What others may have put there is not part of the interview.
            }
        }
        return said;
    }

    @Override
    public Kept append(Said said) {
        String role = said.speaker() == Said.Speaker.AGENT ? "agent" : "user";
        String body = JSON.createObjectNode()
                .put("id", UUID.randomUUID().toString())
                .put("role", role)
                .put("content", said.text())
                .toString();
        HttpRequest save = request(messages)
                .header("Content-Type", "application/json")
                .POST(BodyPublishers.ofString(body))
                .build();
        return kept(send(save, 200, 201, 202));
    }

    @Override
    public Kept clear() {
        return kept(send(request(conversation).DELETE().build(), 202, 204));
    }

    @Override
    public void close() {
        // Nothing is held open: the client's threads end by themselves.
    }

    private static Kept kept(HttpResponse<String> answer) {
        return answer.statusCode() == 202 ? Kept.WAITING : Kept.STORED;
    }

    private static boolean isLive(HttpResponse<String> answer) {
        return answer.headers().firstValue("Colloquy-State").isEmpty();
    }

    private HttpResponse<String> send(HttpRequest request, int... expected) {
        HttpResponse<String> response;
        try {
            response = sendTwiceIfNeeded(request);
        } catch (IOException e) {
            throw LogFailure.passing("cannot reach Colloquy at " + service, e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw LogFailure.passing("interrupted while waiting for " + service, e);
        }
        for (int status : expected) {
            if (response.statusCode() == status) {
                return response;
            }
        }
        String message = "Colloquy at " + service + " answered " + response.statusCode() + detail(response);
        throw isMistake(response.statusCode()) ? LogFailure.lasting(message, null) : LogFailure.passing(message, null);
    }

    /** Whether the same request would get the same answer later. */
    private static boolean isMistake(int status) {
        return 400 <= status && status < 500 && status != 429;
    }

    /** What is wrong, in the words of the service, if it says so. */
    private static String detail(HttpResponse<String> response) {
        try {
            String detail = JSON.readTree(response.body()).path("detail").asText();
            return detail.isEmpty() ? "" : ": " + detail;
        } catch (JacksonException e) {
            return "";
        }
    }

    // Safe for every request made here: a message carries its id, so that saving it again does not double it.
    private HttpResponse<String> sendTwiceIfNeeded(HttpRequest request) throws IOException, InterruptedException {
        try {
            return client.send(request, BodyHandlers.ofString(StandardCharsets.UTF_8));
        } catch (IOException e) {
            return client.send(request, BodyHandlers.ofString(StandardCharsets.UTF_8));
        }
    }

    private JsonNode parse(String body) {
        try {
            return JSON.readTree(body);
        } catch (JacksonException e) {
            throw LogFailure.lasting(service + " does not answer as Colloquy does", e);
        }
    }

    // The HTTP client would quote what it cannot send.
    private static String sendable(String token) {
        if (!token.matches("[!-~]+")) {
            throw LogFailure.lasting("the token has characters that no token has", null);
        }
        return token;
    }

    private HttpRequest.Builder request(URI uri) {
        HttpRequest.Builder request = HttpRequest.newBuilder(uri).timeout(Duration.ofSeconds(10));
        return token == null ? request : request.header("Authorization", "Bearer " + token);
    }

    private static String segment(String text) {
        return URLEncoder.encode(text, StandardCharsets.UTF_8).replace("+", "%20");
    }
}
