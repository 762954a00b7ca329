package dev.colloquy.bootstrap.telemetry;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.junit.jupiter.api.Assertions.assertTimeoutPreemptively;

import com.sun.net.httpserver.HttpServer;
import dev.colloquy.adapter.http.RequestObserver;
import dev.colloquy.domain.conversation.Append;
import dev.colloquy.domain.conversation.ConversationId;
import dev.colloquy.domain.conversation.ExpectedPosition;
import dev.colloquy.domain.conversation.Message;
import dev.colloquy.domain.conversation.MessageId;
import dev.colloquy.domain.conversation.MessageRange;
import dev.colloquy.domain.conversation.Role;
import dev.colloquy.domain.error.ConversationChanged;
import dev.colloquy.domain.port.out.ConversationStore;
import dev.colloquy.domain.retention.Retention;
import io.opentelemetry.proto.resource.v1.Resource;
import io.opentelemetry.proto.trace.v1.Span;
import java.io.IOException;
import java.io.OutputStream;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.time.Duration;
import java.time.Instant;
import java.util.Arrays;
import java.util.HashSet;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.TimeUnit;
import java.util.stream.Collectors;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.slf4j.LoggerFactory;

@DisplayName("Telemetry")
class TelemetryTest {

    private static final String CANARY = "canary-7f3a";
    private static final String TRACE = "4bf92f3577b34da6a3ce929d0e0e4736";
    private static final String PARENT = "00f067aa0ba902b7";
    private static final ConversationId CONVERSATION = ConversationId.of("onboarding", "user-" + CANARY);
    private static final Append APPEND = Append.of(
            Retention.DEFAULT,
            new Message(new MessageId("m1"), Role.USER, "content " + CANARY, Instant.EPOCH, Map.of("key", CANARY)));

    /** One request in which a message is saved, one is refused, and something is logged. */
    private static void work(Telemetry telemetry) {
        ConversationStore store = telemetry.observe(TestStores.memory(), "memory");
        RequestObserver.Seen seen = new RequestObserver.Seen(
                "POST",
                "/v1/agents/{agent}",
                header -> header.equals("traceparent") ? "00-" + TRACE + "-" + PARENT + "-01" : null);
        int status = telemetry
                .requests()
                .observe(
                        seen,
                        () -> {
                            store.append(CONVERSATION, APPEND);
                            store.read(CONVERSATION, MessageRange.all(), Retention.DEFAULT);
                            Append tooLate = Append.of(
                                            Retention.DEFAULT,
                                            new Message(new MessageId("m2"), Role.USER, CANARY, Instant.EPOCH))
                                    .expecting(ExpectedPosition.empty());
                            assertThatThrownBy(() -> store.append(CONVERSATION, tooLate))
                                    .isInstanceOf(ConversationChanged.class);
                            LoggerFactory.getLogger("dev.colloquy.test").warn("the store is unavailable");
                            return 503;
                        },
                        answer -> answer);
        assertThat(status).isEqualTo(503);
    }

    @Test
    @DisplayName("reaches a receiver: spans under the caller's trace, logs with it, metrics, nothing secret")
    void exports() throws IOException, InterruptedException {
        try (OtlpReceiver receiver = new OtlpReceiver();
                Telemetry telemetry = Telemetry.ofService(TelemetrySettings.from(Map.of(
                        "LOGFIRE_TOKEN",
                        "write-token",
                        "LOGFIRE_BASE_URL",
                        receiver.url(),
                        "OTEL_BSP_SCHEDULE_DELAY",
                        "10",
                        "OTEL_BLRP_SCHEDULE_DELAY",
                        "10",
                        "OTEL_METRIC_EXPORT_INTERVAL",
                        "100")))) {
            work(telemetry);
            receiver.await(() -> receiver.spans().size() >= 4
                    && !receiver.logs().isEmpty()
                    && metricNames(receiver)
                            .containsAll(List.of("http.server.request.duration", "db.client.operation.duration")));

            assertThat(receiver.spans())
                    .extracting(Span::getName)
                    .containsExactlyInAnyOrder(
                            "POST /v1/agents/{agent}",
                            "append conversation",
                            "append conversation",
                            "read conversation");
            assertThat(receiver.spans())
                    .allSatisfy(span ->
                            assertThat(hex(span.getTraceId().toByteArray())).isEqualTo(TRACE));
            assertThat(receiver.logs()).anySatisfy(log -> {
                assertThat(log.getBody().getStringValue()).isEqualTo("the store is unavailable");
                assertThat(hex(log.getTraceId().toByteArray())).isEqualTo(TRACE);
            });
            assertThat(metricNames(receiver)).contains("jvm.memory.used");
            assertThat(receiver.metrics())
                    .filteredOn(metric -> metric.getName().equals("http.server.request.duration"))
                    .as("in the unit of the OpenTelemetry conventions, as on /metrics")
                    .isNotEmpty()
                    .allSatisfy(duration -> {
                        assertThat(duration.getUnit()).isEqualTo("seconds");
                        assertThat(duration.getHistogram().getDataPoints(0).getExplicitBoundsList())
                                .contains(0.005, 10.0);
                    });
            assertThat(receiver.authorizations()).containsExactly("write-token");
            assertThat(receiver.everything()).doesNotContain(CANARY).doesNotContain("write-token");
        }
    }

    private static Set<String> metricNames(OtlpReceiver receiver) {
        return receiver.metrics().stream().map(metric -> metric.getName()).collect(Collectors.toSet());
    }

    @Test
    @DisplayName("shows the token for Logfire to nobody else, whatever the standard variables and properties say")
    void tokenForLogfireOnly() throws IOException {
        String property = "otel.exporter.otlp.logs.endpoint";
        try (OtlpReceiver logfire = new OtlpReceiver();
                OtlpReceiver other = new OtlpReceiver()) {
            System.setProperty(property, other.url() + "/v1/logs");
            Telemetry telemetry = Telemetry.ofService(TelemetrySettings.from(Map.of(
                    "LOGFIRE_TOKEN",
                    "write-token",
                    "LOGFIRE_BASE_URL",
                    logfire.url(),
                    "OTEL_EXPORTER_OTLP_HEADERS",
                    "Authorization=other",
                    "OTEL_EXPORTER_OTLP_TRACES_HEADERS",
                    "Authorization=other",
                    "OTEL_EXPORTER_OTLP_TRACES_ENDPOINT",
                    other.url() + "/v1/traces",
                    "OTEL_EXPORTER_OTLP_METRICS_ENDPOINT",
                    other.url() + "/v1/metrics")));
            work(telemetry);
            telemetry.close();

            assertThat(other.authorizations()).isEmpty();
            assertThat(logfire.authorizations()).isSubsetOf("write-token");
        } finally {
            System.clearProperty(property);
        }
    }

    @Test
    @DisplayName("bears the service's name that the resource attributes give, in all signals")
    void namedAsResource() throws IOException {
        try (OtlpReceiver receiver = new OtlpReceiver()) {
            Telemetry telemetry = Telemetry.ofService(TelemetrySettings.from(Map.of(
                    "OTEL_EXPORTER_OTLP_ENDPOINT",
                    receiver.url(),
                    "OTEL_RESOURCE_ATTRIBUTES",
                    "deployment.environment.name=test,service.name=shop")));
            work(telemetry);
            telemetry.close();

            assertThat(receiver.resources())
                    .hasSizeGreaterThanOrEqualTo(3)
                    .allSatisfy(resource ->
                            assertThat(valuesOf("service.name", resource)).containsExactly("shop"));
        }
    }

    @Test
    @DisplayName("bears an id of the process in all signals, as processes of one name would be taken for one otherwise")
    void instance() throws IOException {
        Set<List<String>> ids = new HashSet<>();
        for (int process = 0; process < 2; process++) {
            try (OtlpReceiver receiver = new OtlpReceiver()) {
                Telemetry telemetry = Telemetry.ofService(
                        TelemetrySettings.from(Map.of("OTEL_EXPORTER_OTLP_ENDPOINT", receiver.url())));
                work(telemetry);
                telemetry.close();

                List<List<String>> said = receiver.resources().stream()
                        .map(resource -> valuesOf("service.instance.id", resource))
                        .toList();
                assertThat(said).hasSizeGreaterThanOrEqualTo(3).containsOnly(said.getFirst());
                assertThat(said.getFirst()).hasSize(1);
                assertThat(receiver.resources())
                        .allSatisfy(resource ->
                                assertThat(valuesOf("service.name", resource)).containsExactly("colloquy"));
                ids.add(said.getFirst());
            }
        }
        assertThat(ids).hasSize(2);
    }

    private static List<String> valuesOf(String attribute, Resource resource) {
        return resource.getAttributesList().stream()
                .filter(entry -> entry.getKey().equals(attribute))
                .map(entry -> entry.getValue().getStringValue())
                .toList();
    }

    @Test
    @DisplayName("is kept for Prometheus, with the outcome of each operation and no user")
    void scraped() {
        try (Telemetry telemetry = Telemetry.ofService(TelemetrySettings.LOCAL)) {
            work(telemetry);
            telemetry.meters().counter("colloquy.test", "A test.", () -> 7);

            assertThat(telemetry.scrape())
                    .contains("http_server_request_duration_seconds_count{http_request_method=\"POST\","
                            + "http_response_status_code=\"503\",http_route=\"/v1/agents/{agent}\"} 1")
                    .contains("db_client_operation_duration_seconds_count{db_operation_name=\"append\","
                            + "db_system_name=\"memory\",outcome=\"stored\"} 1")
                    .contains("outcome=\"ConversationChanged\"")
                    .contains("le=\"0.005\"")
                    .contains("jvm_memory_used_bytes")
                    .contains("colloquy_test_total 7.0")
                    .doesNotContain(CANARY);
        }
    }

    @Test
    @DisplayName("does not hold up the stop when the receiver accepts and never answers")
    void blackHole() throws IOException {
        try (ServerSocket silent = new ServerSocket(0, 50, InetAddress.getLoopbackAddress())) {
            Telemetry telemetry = Telemetry.ofService(TelemetrySettings.from(Map.of(
                    "OTEL_EXPORTER_OTLP_ENDPOINT",
                    "http://127.0.0.1:" + silent.getLocalPort(),
                    "OTEL_EXPORTER_OTLP_TIMEOUT",
                    "60000")));
            work(telemetry);

            // The bound is 1.5 s; the rest is room for a busy machine.
            assertTimeoutPreemptively(Duration.ofSeconds(5), telemetry::close);
        }
    }

    private static String hex(byte[] bytes) {
        return HexFormat.of().formatHex(bytes);
    }

    @Test
    @DisplayName("goes on when the answers of the receiver never end")
    void endlessAnswers() throws IOException, InterruptedException {
        Map<String, Integer> received = new ConcurrentHashMap<>();
        CountDownLatch end = new CountDownLatch(1);
        HttpServer receiver = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
        receiver.createContext("/", exchange -> {
            exchange.getRequestBody().readAllBytes();
            received.merge(exchange.getRequestURI().getPath(), 1, Integer::sum);
            exchange.sendResponseHeaders(200, 0);
            drip(exchange.getResponseBody(), end);
        });
        TelemetrySettings settings = TelemetrySettings.from(Map.of(
                "OTEL_EXPORTER_OTLP_ENDPOINT",
                "http://127.0.0.1:" + receiver.getAddress().getPort(),
                "OTEL_EXPORTER_OTLP_TIMEOUT",
                "100",
                "OTEL_BSP_SCHEDULE_DELAY",
                "10",
                "OTEL_BLRP_SCHEDULE_DELAY",
                "10",
                "OTEL_METRIC_EXPORT_INTERVAL",
                "100"));
        ExecutorService threads = Executors.newVirtualThreadPerTaskExecutor();
        receiver.setExecutor(threads);
        receiver.start();
        try (Telemetry telemetry = Telemetry.ofService(settings)) {
            assertTimeoutPreemptively(Duration.ofSeconds(30), () -> {
                while (!moreThanThreads(received, "/v1/traces", "/v1/logs", "/v1/metrics")) {
                    work(telemetry);
                    boolean over = end.await(20, TimeUnit.MILLISECONDS);
                    assertThat(over).isFalse();
                }
            });
        } finally {
            end.countDown();
            receiver.stop(0);
            threads.close();
        }
    }

    /** OpenTelemetry has as many threads for sending a signal as there are processors, but 5 at least. */
    private static boolean moreThanThreads(Map<String, Integer> received, String... paths) {
        int threads = Math.max(5, Runtime.getRuntime().availableProcessors());
        return Arrays.stream(paths).allMatch(path -> received.getOrDefault(path, 0) > threads);
    }

    /** So fast that a client which limits the time between two bytes stays. */
    private static void drip(OutputStream body, CountDownLatch end) throws IOException {
        try {
            while (!end.await(10, TimeUnit.MILLISECONDS)) {
                body.write('x');
                body.flush();
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }
}
