package dev.colloquy.bootstrap;

import static org.assertj.core.api.Assertions.assertThat;

import dev.colloquy.adapter.redis.testing.FreePort;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.io.OutputStream;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

@DisplayName("The service as a process")
class ServiceIT {

    private static final String LAST_REQUEST = "GET /health/live HTTP/1.1\r\nHost: a\r\nConnection: close\r\n\r\n";
    private static final String BODY = "{\"role\":\"user\",\"content\":\"Alex\"}";

    @TempDir
    private Path directory;

    @Test
    @DisplayName("says in one line where it listens, which store it has and how long it keeps conversations")
    void startLine() throws Exception {
        Map<String, String> environment = Map.of("COLLOQUY_RETENTION", "48h", "COLLOQUY_MEMORY_LIMIT", "100m");
        try (LaunchedService service = LaunchedService.start(directory, environment)) {
            int port = service.port();
            assertThat(service.output().lines())
                    .singleElement()
                    .asString()
                    .contains("Colloquy answers on http://127.0.0.1:" + port
                            + "; store: memory, at most 100 MiB; retention: 2d since the last message");
            assertThat(service.errors()).isEmpty();
        }
    }

    @Test
    @DisplayName("says it as a line of JSON where there is no terminal")
    void jsonLine() throws Exception {
        try (LaunchedService service = LaunchedService.start(directory, Map.of("COLLOQUY_LOG_FORMAT", ""))) {
            assertThat(service.port()).isPositive();
            assertThat(service.output().lines())
                    .singleElement()
                    .asString()
                    .startsWith("{\"timestamp\":")
                    .contains("\"formattedMessage\":\"Colloquy answers on ");
            assertThat(service.errors()).isEmpty();
        }
    }

    @Test
    @DisplayName("keeps a conversation, and ends with 0 when it is told to stop")
    void saveAndStop() throws Exception {
        try (LaunchedService service = LaunchedService.start(directory, Map.of());
                Client client = new Client(service.port())) {
            assertThat(client.save("onboarding", "alex", "user", "Alex")).isEqualTo(201);
            assertThat(EndToEndContract.contents(client.messages("onboarding", "alex")))
                    .containsExactly("Alex");

            service.terminate();

            assertThat(service.exitCode()).isZero();
            assertThat(service.output()).contains("Colloquy has stopped").doesNotContain("Alex");
            assertThat(service.errors()).isEmpty();
        }
    }

    @Test
    @DisplayName("goes on when there are more connections than it may have files open, and says how many it takes")
    void fewFiles() throws Exception {
        String[] withFewFiles = {"-c", "ulimit -n 300 && exec '" + LaunchedService.launcher() + "'"};
        List<Socket> connections = new ArrayList<>();
        try (LaunchedService service = LaunchedService.start(Path.of("/bin/sh"), directory, Map.of(), withFewFiles)) {
            int port = service.port();
            for (int i = 0; i < 300; i++) {
                connections.add(new Socket(InetAddress.getLoopbackAddress(), port));
            }
            for (Socket connection : connections) {
                connection.getOutputStream().write(LAST_REQUEST.getBytes(StandardCharsets.US_ASCII));

                assertThat(new String(connection.getInputStream().readAllBytes(), StandardCharsets.UTF_8))
                        .startsWith("HTTP/1.1 200 ");
            }
            assertThat(service.output()).contains("only 300 files open: it takes 60 connections at once");
        } finally {
            for (Socket connection : connections) {
                connection.close();
            }
        }
    }

    @Test
    @DisplayName("goes on, and stops, while nobody reads its standard output")
    void nobodyReads() throws Exception {
        String script = "mkfifo out && exec 3<>out && exec '" + LaunchedService.launcher() + "' >out";
        int port = FreePort.find();
        Map<String, String> environment = Map.of("PORT", Integer.toString(port), "COLLOQUY_LOG_LEVEL", "debug");
        try (LaunchedService service = LaunchedService.start(Path.of("/bin/sh"), directory, environment, "-c", script);
                Client client = new Client(port)) {
            awaitListening(port, true);
            // A line each, of more than 100 bytes; a pipe takes 64 KiB.
            for (int i = 0; i < 1000; i++) {
                assertThat(client.save("onboarding", "alex", "user", "Alex")).isEqualTo(201);
            }

            service.terminate();

            assertThat(service.exitCode()).isZero();
        }
    }

    @Test
    @DisplayName("finishes a request that is running when it is told to stop, and takes no new ones")
    void finishesRequests() throws Exception {
        try (LaunchedService service = LaunchedService.start(directory, Map.of());
                Socket running = new Socket(InetAddress.getLoopbackAddress(), service.port())) {
            OutputStream out = running.getOutputStream();
            BufferedReader in =
                    new BufferedReader(new InputStreamReader(running.getInputStream(), StandardCharsets.UTF_8));
            out.write(("POST /v1/agents/onboarding/users/alex/conversation/messages HTTP/1.1\r\nHost: localhost\r\n"
                            + "Content-Type: application/json\r\nExpect: 100-continue\r\nContent-Length: "
                            + BODY.length() + "\r\n\r\n")
                    .getBytes(StandardCharsets.UTF_8));
            assertThat(in.readLine())
                    .as("the service has begun with the request")
                    .contains("100");
            assertThat(in.readLine()).isEmpty();

            service.terminate();
            awaitListening(service.port(), false);
            out.write(BODY.getBytes(StandardCharsets.UTF_8));

            assertThat(in.readLine()).contains("201");
            assertThat(service.exitCode()).isZero();
        }
    }

    @Test
    @DisplayName("ends with 1 and one plain line when its port is taken")
    void portTaken() throws Exception {
        try (ServerSocket taken = new ServerSocket(0, 1, InetAddress.getLoopbackAddress());
                LaunchedService service =
                        LaunchedService.start(directory, Map.of("PORT", Integer.toString(taken.getLocalPort())))) {
            assertThat(service.exitCode()).isEqualTo(1);
            assertThat(service.errors().lines())
                    .singleElement()
                    .asString()
                    .startsWith("colloquy: cannot listen on 127.0.0.1:" + taken.getLocalPort());
        }
    }

    @Test
    @DisplayName("ends with 2 and the list of mistakes when settings are wrong")
    void badSettings() throws Exception {
        Map<String, String> environment = Map.of("PORT", "http", "COLLOQUY_RETENTION", "forever");
        try (LaunchedService service = LaunchedService.start(directory, environment)) {
            assertThat(service.exitCode()).isEqualTo(2);
            assertThat(service.errors())
                    .startsWith("colloquy: 2 settings are wrong:")
                    .contains("PORT is \"http\"", "COLLOQUY_RETENTION is \"forever\"")
                    .doesNotContain("\tat ");
        }
    }

    @Test
    @DisplayName("ends with 2 when it gets an argument that it does not know")
    void badArgument() throws Exception {
        try (LaunchedService service = LaunchedService.start(directory, Map.of(), "--prot=9090")) {
            assertThat(service.exitCode()).isEqualTo(2);
            assertThat(service.errors()).startsWith("colloquy: ").doesNotContain("\tat ");
        }
    }

    @Test
    @DisplayName("starts again on the same port after it was killed")
    void killed() throws Exception {
        int port;
        try (LaunchedService service = LaunchedService.start(directory, Map.of())) {
            port = service.port();
            service.kill();
            service.exitCode();
        }
        try (LaunchedService service = LaunchedService.start(directory, Map.of("PORT", Integer.toString(port)));
                Client client = new Client(service.port())) {
            assertThat(client.ready()).isEqualTo(200);
        }
    }

    private static void awaitListening(int port, boolean listening) {
        long deadline = System.nanoTime() + TimeUnit.SECONDS.toNanos(30);
        while (isListening(port) != listening) {
            assertThat(System.nanoTime())
                    .as("listening on port %d: %s", port, !listening)
                    .isLessThan(deadline);
            LockSupport.parkNanos(TimeUnit.MILLISECONDS.toNanos(20));
        }
    }

    private static boolean isListening(int port) {
        try (Socket accepted = new Socket(InetAddress.getLoopbackAddress(), port)) {
            return accepted.isConnected();
        } catch (IOException refusal) {
            return false;
        }
    }
}
