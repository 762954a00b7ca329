package dev.colloquy.adapter.http;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.Socket;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublisher;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.List;

/** A server on a free port with a store of its own, and somebody who calls it. */
final class Client implements AutoCloseable {

    /** With a short grace, as a server waits for a part of it whenever it stops. */
    static final HttpSettings SETTINGS = HttpSettings.DEFAULT
            .withPort(0)
            .withMaxBodyBytes(10_000)
            .withReadTimeout(Duration.ofSeconds(20))
            .withStopGrace(Duration.ofSeconds(1));

    private final TestStore store;
    private final HttpServer server;
    private final HttpClient http = HttpClient.newBuilder()
            .version(HttpClient.Version.HTTP_1_1)
            .connectTimeout(Duration.ofSeconds(10))
            .build();

    private Client(TestStore store, HttpServer server) {
        this.store = store;
        this.server = server;
    }

    static Client ofNewServer() {
        TestStore store = new TestStore();
        return new Client(store, HttpServer.start(SETTINGS, store.ports()));
    }

    static Client ofNewServer(HttpPorts ports) {
        return new Client(new TestStore(), HttpServer.start(SETTINGS, ports));
    }

    static Client ofNewServer(List<Filter> filters) {
        TestStore store = new TestStore();
        return new Client(store, HttpServer.start(SETTINGS, Routes.over(store.ports(), HttpFeatures.NONE), filters));
    }

    static Client of(HttpServer server) {
        return new Client(new TestStore(), server);
    }

    static Client ofNewServer(HttpFeatures features) {
        TestStore store = new TestStore();
        return new Client(store, HttpServer.start(SETTINGS, store.ports(), features));
    }

    TestStore store() {
        return store;
    }

    HttpServer server() {
        return server;
    }

    HttpResponse<String> get(String path, String... headers) throws Exception {
        return send("GET", path, BodyPublishers.noBody(), headers);
    }

    HttpResponse<String> post(String path, String json, String... headers) throws Exception {
        String[] all = new String[headers.length + 2];
        all[0] = "Content-Type";
        all[1] = "application/json";
        System.arraycopy(headers, 0, all, 2, headers.length);
        return send("POST", path, BodyPublishers.ofString(json), all);
    }

    HttpResponse<String> send(String method, String path, BodyPublisher body, String... headers) throws Exception {
        HttpRequest.Builder request = HttpRequest.newBuilder(URI.create("http://127.0.0.1:" + server.port() + path))
                .timeout(Duration.ofSeconds(20))
                .method(method, body);
        if (headers.length > 0) {
            request.headers(headers);
        }
        return http.send(request.build(), BodyHandlers.ofString(StandardCharsets.UTF_8));
    }

    /** Sends these bytes as they are and gives what comes back until the server closes the connection. */
    String raw(byte[] bytes) {
        try (Socket socket = new Socket(InetAddress.getLoopbackAddress(), server.port())) {
            socket.setSoTimeout(20_000);
            socket.getOutputStream().write(bytes);
            socket.getOutputStream().flush();
            socket.shutdownOutput();
            return new String(socket.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    String raw(String text) {
        return raw(text.getBytes(StandardCharsets.UTF_8));
    }

    @Override
    public void close() {
        http.close();
        server.close();
    }
}
