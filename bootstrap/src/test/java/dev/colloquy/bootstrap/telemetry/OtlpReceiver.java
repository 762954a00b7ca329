package dev.colloquy.bootstrap.telemetry;

import static org.assertj.core.api.Assertions.assertThat;

import com.google.protobuf.ByteString;
import com.google.protobuf.InvalidProtocolBufferException;
import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import io.opentelemetry.proto.collector.logs.v1.ExportLogsServiceRequest;
import io.opentelemetry.proto.collector.metrics.v1.ExportMetricsServiceRequest;
import io.opentelemetry.proto.collector.trace.v1.ExportTraceServiceRequest;
import io.opentelemetry.proto.logs.v1.LogRecord;
import io.opentelemetry.proto.metrics.v1.Metric;
import io.opentelemetry.proto.resource.v1.Resource;
import io.opentelemetry.proto.trace.v1.Span;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.function.BooleanSupplier;
import java.util.stream.Stream;
import java.util.zip.GZIPInputStream;

/** Takes what is sent over OTLP/HTTP and decodes it. Listens on a free port of the loopback address. */
public final class OtlpReceiver implements AutoCloseable {

    private static final Duration LONGEST = Duration.ofSeconds(30);

    private record Received(String path, String authorization, ByteString body) {}

    private final List<Received> received = new CopyOnWriteArrayList<>();
    private final HttpServer server;

    public OtlpReceiver() throws IOException {
        server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
        server.createContext("/", this::receive);
        server.start();
    }

    private void receive(HttpExchange exchange) throws IOException {
        byte[] sent = exchange.getRequestBody().readAllBytes();
        boolean zipped = "gzip".equals(exchange.getRequestHeaders().getFirst("Content-Encoding"));
        received.add(new Received(
                exchange.getRequestURI().getPath(),
                String.valueOf(exchange.getRequestHeaders().getFirst("Authorization")),
                ByteString.copyFrom(zipped ? unzip(sent) : sent)));
        exchange.getResponseHeaders().add("Content-Type", "application/x-protobuf");
        exchange.sendResponseHeaders(200, -1);
        exchange.close();
        synchronized (received) {
            received.notifyAll();
        }
    }

    /** Waits for what is on its way. Fails if it is not there after {@link #LONGEST}. */
    void await(BooleanSupplier isThere) throws InterruptedException {
        long deadline = System.nanoTime() + LONGEST.toNanos();
        synchronized (received) {
            while (!isThere.getAsBoolean()) {
                long left = deadline - System.nanoTime();
                assertThat(left).as("ns left to wait for what is sent").isPositive();
                received.wait(Math.max(1, left / 1_000_000));
            }
        }
    }

    private static byte[] unzip(byte[] zipped) throws IOException {
        try (InputStream in = new GZIPInputStream(new ByteArrayInputStream(zipped))) {
            return in.readAllBytes();
        }
    }

    public String url() {
        return "http://127.0.0.1:" + server.getAddress().getPort();
    }

    List<String> authorizations() {
        return received.stream().map(Received::authorization).distinct().toList();
    }

    public List<Span> spans() {
        return bodies("/v1/traces")
                .flatMap(body -> parse(() -> ExportTraceServiceRequest.parseFrom(body)).getResourceSpansList().stream())
                .flatMap(resource -> resource.getScopeSpansList().stream())
                .flatMap(scope -> scope.getSpansList().stream())
                .toList();
    }

    public List<LogRecord> logs() {
        return bodies("/v1/logs")
                .flatMap(body -> parse(() -> ExportLogsServiceRequest.parseFrom(body)).getResourceLogsList().stream())
                .flatMap(resource -> resource.getScopeLogsList().stream())
                .flatMap(scope -> scope.getLogRecordsList().stream())
                .toList();
    }

    List<Metric> metrics() {
        return bodies("/v1/metrics")
                .flatMap(body ->
                        parse(() -> ExportMetricsServiceRequest.parseFrom(body)).getResourceMetricsList().stream())
                .flatMap(resource -> resource.getScopeMetricsList().stream())
                .flatMap(scope -> scope.getMetricsList().stream())
                .toList();
    }

    /** What is said to have sent it, once for each request. */
    List<Resource> resources() {
        return Stream.of(
                        bodies("/v1/traces")
                                .map(body -> parse(() -> ExportTraceServiceRequest.parseFrom(body))
                                        .getResourceSpans(0)
                                        .getResource()),
                        bodies("/v1/logs")
                                .map(body -> parse(() -> ExportLogsServiceRequest.parseFrom(body))
                                        .getResourceLogs(0)
                                        .getResource()),
                        bodies("/v1/metrics")
                                .map(body -> parse(() -> ExportMetricsServiceRequest.parseFrom(body))
                                        .getResourceMetrics(0)
                                        .getResource()))
                .flatMap(resources -> resources)
                .toList();
    }

    /** Everything that arrived, readable, to search it for what must not be there. */
    public String everything() {
        return Stream.of(spans(), logs(), metrics()).map(List::toString).reduce("", String::concat);
    }

    private Stream<ByteString> bodies(String path) {
        return received.stream().filter(one -> one.path().equals(path)).map(Received::body);
    }

    private interface Parsing<T> {
        T parse() throws InvalidProtocolBufferException;
    }

    private static <T> T parse(Parsing<T> parsing) {
        try {
            return parsing.parse();
        } catch (InvalidProtocolBufferException e) {
            throw new AssertionError("not the protobuf it should be", e);
        }
    }

    @Override
    public void close() {
        server.stop(0);
    }
}
