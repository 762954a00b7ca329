package dev.colloquy.benchmarks.http;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse.BodyHandlers;
import java.time.Duration;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** The requests of the comparison, from the JDK's own client. Safe for any number of threads. */
final class Requests {

    private static final HttpClient CLIENT =
            HttpClient.newBuilder().version(HttpClient.Version.HTTP_1_1).build();

    private static final Pattern EPISODES =
            Pattern.compile("(?m)^colloquy_degraded_episodes_total(?:\\{.*\\})? (\\S+)");

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

    /**
     * Makes sure that all answers came from the store. Those of an outage look like successes, and wrk does not tell.
     *
     * @throws IOException if the service has ever been degraded
     */
    void requireNeverDegraded() throws IOException, InterruptedException {
        Matcher episodes = EPISODES.matcher(new String(send(to("/metrics").GET()), UTF_8));
        if (!episodes.find() || Double.parseDouble(episodes.group(1)) > 0) {
            throw new IOException("Redis did not answer for a while");
        }
    }

    private HttpRequest.Builder to(String path) {
        return HttpRequest.newBuilder(URI.create("http://127.0.0.1:" + port + path))
                .timeout(Duration.ofSeconds(30));
    }

    private static byte[] send(HttpRequest.Builder request) throws IOException, InterruptedException {
        var response = CLIENT.send(request.build(), BodyHandlers.ofByteArray());
        if (response.statusCode() / 100 != 2) {
            throw new IOException("status " + response.statusCode());
        }
        return response.body();
    }
}
