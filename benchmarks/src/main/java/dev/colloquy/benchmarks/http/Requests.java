package dev.colloquy.benchmarks.http;

import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse.BodyHandlers;
import java.time.Duration;

/** The requests of the comparison, from the JDK's own client. Safe for any number of threads. */
final class Requests {

    private static final HttpClient CLIENT =
            HttpClient.newBuilder().version(HttpClient.Version.HTTP_1_1).build();

    private final int port;

    Requests(int port) {
        this.port = port;
    }

    /** The path of a user's conversation. */
    static String path(Object user) {
        return "/v1/agents/bench/users/user-" + user + "/conversation";
    }

    void clear(int user) throws IOException, InterruptedException {
        send(to(path(user)).DELETE());
    }

    void save(int user, String body) throws IOException, InterruptedException {
        send(to(path(user) + "/messages")
                .header("Content-Type", "application/json")
                .POST(BodyPublishers.ofString(body)));
    }

    void read(int user, String query) throws IOException, InterruptedException {
        send(to(path(user) + "/messages" + query).GET());
    }

    private HttpRequest.Builder to(String path) {
        return HttpRequest.newBuilder(URI.create("http://127.0.0.1:" + port + path))
                .timeout(Duration.ofSeconds(30));
    }

    private static void send(HttpRequest.Builder request) throws IOException, InterruptedException {
        var response = CLIENT.send(request.build(), BodyHandlers.ofByteArray());
        if (response.statusCode() / 100 != 2) {
            throw new IOException("status " + response.statusCode());
        }
    }
}
