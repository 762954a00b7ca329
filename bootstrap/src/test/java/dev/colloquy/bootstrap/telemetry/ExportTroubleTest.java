package dev.colloquy.bootstrap.telemetry;

import static org.assertj.core.api.Assertions.assertThat;

import ch.qos.logback.classic.Logger;
import ch.qos.logback.classic.spi.ILoggingEvent;
import ch.qos.logback.core.read.ListAppender;
import com.sun.net.httpserver.HttpServer;
import dev.colloquy.adapter.redis.testing.FreePort;
import io.micrometer.registry.otlp.OtlpMeterRegistry;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.ConnectException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.channels.UnresolvedAddressException;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.concurrent.atomic.AtomicLong;
import java.util.logging.ConsoleHandler;
import java.util.logging.Handler;
import java.util.logging.Level;
import java.util.logging.LogRecord;
import org.assertj.core.api.InstanceOfAssertFactories;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.slf4j.LoggerFactory;

@DisplayName("Telemetry that cannot be sent")
class ExportTroubleTest {

    private final AtomicLong nanos = new AtomicLong();
    private final ExportTrouble trouble = new ExportTrouble(nanos::get);
    private final ListAppender<ILoggingEvent> log = new ListAppender<>();
    private final Logger logger = (Logger) LoggerFactory.getLogger(ExportTrouble.class);
    private final java.util.logging.Logger sdk = java.util.logging.Logger.getLogger("io.opentelemetry.exporter.Any");

    @BeforeEach
    void listen() {
        log.start();
        logger.addAppender(log);
        trouble.listen();
    }

    @AfterEach
    void close() {
        trouble.close();
        logger.detachAppender(log);
    }

    @Test
    @DisplayName("is told of once an hour, however often the libraries complain")
    void onceAnHour() {
        for (int i = 0; i < 100; i++) {
            trouble.report("metrics: ConnectException");
            sdk.log(Level.WARNING, "Failed to export spans", new ConnectException("refused"));
        }
        assertThat(log.list).hasSize(1);
        assertThat(log.list.getFirst().getFormattedMessage()).contains("metrics: ConnectException");

        nanos.addAndGet(Duration.ofHours(1).toNanos());
        sdk.log(Level.SEVERE, "Failed to export logs");
        assertThat(log.list).hasSize(2);
        assertThat(log.list.getLast().getThrowableProxy()).isNull();
    }

    @Test
    @DisplayName("is told of within the hour if it is another one, which is said once as well")
    void another() {
        for (int i = 0; i < 100; i++) {
            trouble.report("metrics: ConnectException");
            sdk.log(Level.SEVERE, "Failed to export spans", new UncheckedIOException(new ConnectException()));
            trouble.report("metrics: Server responded with HTTP status code 401");
            sdk.log(
                    Level.WARNING,
                    "Failed to export logs. Server responded with HTTP status code 401. Error message: 1");
            sdk.log(
                    Level.WARNING,
                    "Failed to export spans. Server responded with HTTP status code 503. Error message: 2");
        }
        assertThat(log.list)
                .extracting(ILoggingEvent::getFormattedMessage)
                .satisfiesExactly(
                        away -> assertThat(away).contains("(metrics: ConnectException)"),
                        refused ->
                                assertThat(refused).contains("(metrics: Server responded with HTTP status code 401)"),
                        busy -> assertThat(busy)
                                .contains("(Failed to export spans. Server responded with HTTP status code 503)"));
    }

    @Test
    @DisplayName(
            "is told of in one line, with the status that the receiver answers to traces, without what else it says")
    void refusedTraces() throws IOException {
        HttpServer receiver = refusing("your token\nis SECRET\n");
        try {
            assertThat(linesOnTracesTo(receiver.getAddress().getPort()))
                    .singleElement(InstanceOfAssertFactories.STRING)
                    .contains("HTTP status code 401)")
                    .doesNotContain("SECRET", "your token", "\n");
        } finally {
            receiver.stop(0);
        }
    }

    @Test
    @DisplayName(
            "is told of with the errors because of which the receiver of traces was not reached, without their texts")
    void unreachableForTraces() {
        ConnectException failed = new ConnectException("http://SECRET@host");
        failed.initCause(new UnresolvedAddressException());
        sdk.log(
                Level.SEVERE,
                "Failed to export spans. The request could not be executed.",
                new IllegalStateException("SECRET", failed));
        assertThat(log.list)
                .extracting(ILoggingEvent::getFormattedMessage)
                .singleElement(InstanceOfAssertFactories.STRING)
                .contains("could not be executed: ConnectException, UnresolvedAddressException)")
                .doesNotContain("SECRET");
    }

    private List<String> linesOnTracesTo(int port) {
        TelemetrySettings settings =
                TelemetrySettings.from(Map.of("OTEL_EXPORTER_OTLP_TRACES_ENDPOINT", "http://127.0.0.1:" + port));
        try (OtlpExport export = OtlpExport.start(settings)) {
            export.api().getTracer("any").spanBuilder("any").startSpan().end();
        }
        return log.list.stream().map(ILoggingEvent::getFormattedMessage).toList();
    }

    @ParameterizedTest
    @ValueSource(booleans = {true, false})
    @DisplayName("leaves the library's logger as it was when the last one ends, whoever else listens there")
    void leavesTheLogger(boolean usesParents) {
        trouble.close();
        java.util.logging.Logger library = java.util.logging.Logger.getLogger("io.opentelemetry");
        ExportTrouble another = new ExportTrouble(nanos::get);
        Handler ofTheProgram = new ConsoleHandler();
        library.setUseParentHandlers(usesParents);
        library.addHandler(ofTheProgram);
        try {
            trouble.listen();
            another.listen();
            trouble.close();
            assertThat(library.getUseParentHandlers()).isFalse();
            trouble.close();
            another.close();

            assertThat(library.getUseParentHandlers()).isEqualTo(usesParents);
            assertThat(library.getHandlers()).containsExactly(ofTheProgram);
        } finally {
            library.removeHandler(ofTheProgram);
            library.setUseParentHandlers(true);
        }
    }

    @Test
    @DisplayName("is told of also when a queue was full a moment before")
    void besideAFullQueue() {
        java.util.logging.Logger queue =
                java.util.logging.Logger.getLogger("io.opentelemetry.sdk.trace.export.BatchSpanProcessor");
        for (int i = 0; i < 100; i++) {
            queue.log(Level.WARNING, "dropped 249 span(s)");
            sdk.log(Level.WARNING, "Failed to export spans: 401");
        }

        assertThat(log.list)
                .extracting(ILoggingEvent::getFormattedMessage)
                .satisfiesExactly(
                        full -> assertThat(full).contains("dropped 249 span(s)"),
                        failed -> assertThat(failed).contains("Failed to export spans: 401"));
    }

    @ParameterizedTest(name = "{0}")
    @ValueSource(strings = {"en", "ar-EG"})
    @DisplayName("is told of with the status that the receiver answers to metrics, without what else it says")
    void refusedMetrics(String language) throws IOException {
        Locale before = Locale.getDefault();
        Locale.setDefault(Locale.forLanguageTag(language));
        HttpServer receiver = refusing("your token is SECRET");
        try {
            assertThat(linesOnMetricsTo(receiver.getAddress().getPort()))
                    .singleElement(InstanceOfAssertFactories.STRING)
                    .contains("metrics: Server responded with HTTP status code 401)")
                    .doesNotContain("SECRET");
        } finally {
            receiver.stop(0);
            Locale.setDefault(before);
        }
    }

    private static HttpServer refusing(String answer) throws IOException {
        HttpServer receiver = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
        receiver.createContext("/", exchange -> {
            byte[] status = googleStatus(answer);
            exchange.sendResponseHeaders(401, status.length);
            exchange.getResponseBody().write(status);
            exchange.close();
        });
        receiver.start();
        return receiver;
    }

    /** The protobuf of {@code google.rpc.Status} with this as its message, which is what OpenTelemetry quotes. */
    private static byte[] googleStatus(String message) {
        byte[] text = message.getBytes(StandardCharsets.UTF_8);
        byte[] status = new byte[text.length + 2];
        status[0] = 2 << 3 | 2;
        status[1] = (byte) text.length;
        System.arraycopy(text, 0, status, 2, text.length);
        return status;
    }

    @Test
    @DisplayName("is told of with the reason why the receiver of metrics was not reached")
    void unreachable() throws IOException {
        assertThat(linesOnMetricsTo(FreePort.find()))
                .singleElement(InstanceOfAssertFactories.STRING)
                .contains("metrics: ConnectException");
    }

    private List<String> linesOnMetricsTo(int port) {
        TelemetrySettings settings =
                TelemetrySettings.from(Map.of("OTEL_EXPORTER_OTLP_ENDPOINT", "http://127.0.0.1:" + port));
        OtlpMeterRegistry registry = OtlpMetrics.registry(settings, trouble);
        registry.counter("any").increment();
        registry.close();
        return log.list.stream().map(ILoggingEvent::getFormattedMessage).toList();
    }

    @Test
    @DisplayName("does not mean what the libraries say in passing")
    void quiet() {
        sdk.log(Level.INFO, "hello");
        sdk.log(Level.FINE, "details");
        assertThat(log.list).isEmpty();
    }

    @Test
    @DisplayName("is left to the libraries again after the end")
    void ended() {
        ListHandler libraries = new ListHandler();
        java.util.logging.Logger parent = java.util.logging.Logger.getLogger("io");
        parent.addHandler(libraries);
        // Not onto the console of the tests.
        parent.setUseParentHandlers(false);
        try {
            sdk.log(Level.WARNING, "heard by the trouble only");
            trouble.close();
            sdk.log(Level.WARNING, "Failed to export spans");
        } finally {
            parent.setUseParentHandlers(true);
            parent.removeHandler(libraries);
        }

        assertThat(log.list).hasSize(1);
        assertThat(libraries.messages).containsExactly("Failed to export spans");
    }

    private static final class ListHandler extends Handler {

        private final List<String> messages = new ArrayList<>();

        @Override
        public void publish(LogRecord complaint) {
            messages.add(complaint.getMessage());
        }

        @Override
        public void flush() {
            // Nothing is held back.
        }

        @Override
        public void close() {
            // Nothing is open.
        }
    }
}
