package dev.colloquy.bootstrap.telemetry;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import io.micrometer.registry.otlp.AggregationTemporality;
import io.micrometer.registry.otlp.OtlpMeterRegistry;
import java.io.OutputStream;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.net.SocketTimeoutException;
import java.util.Map;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

@DisplayName("Metrics over OTLP")
class OtlpMetricsTest {

    // More than they once waited; a slow machine can only make the test pass where it should not.
    private static final int LONGER_THAN_HALF_A_SECOND = 700;

    @Test
    @DisplayName("wait for the answer as long as the settings say")
    void patience() throws Exception {
        Thread sending;
        Socket connection;
        // Closed before the connection, so that the JDK's client does not get in a second time when that ends.
        try (ServerSocket silent = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
            OtlpMeterRegistry registry = registry("http://127.0.0.1:" + silent.getLocalPort());
            sending = Thread.ofVirtual().start(registry::close);
            connection = silent.accept();
        }
        try (connection) {
            connection.setSoTimeout(LONGER_THAN_HALF_A_SECOND);

            assertThatExceptionOfType(SocketTimeoutException.class)
                    .as("the connection is still open, and nothing more is sent")
                    .isThrownBy(() -> connection.getInputStream().transferTo(OutputStream.nullOutputStream()));
        }
        sending.join();
    }

    @ParameterizedTest
    @CsvSource({"cumulative, CUMULATIVE", "delta, DELTA", "LowMemory, DELTA", "'', CUMULATIVE"})
    @DisplayName("are sums since the start, or since the last time where that is preferred")
    void temporality(String preference, AggregationTemporality temporality) {
        TelemetrySettings settings =
                TelemetrySettings.from(Map.of("OTEL_EXPORTER_OTLP_METRICS_TEMPORALITY_PREFERENCE", preference));

        assertThat(new OtlpMetrics(settings).aggregationTemporality()).isEqualTo(temporality);
    }

    private static OtlpMeterRegistry registry(String endpoint) {
        OtlpMeterRegistry registry = OtlpMetrics.registry(
                TelemetrySettings.from(
                        Map.of("OTEL_EXPORTER_OTLP_ENDPOINT", endpoint, "OTEL_EXPORTER_OTLP_TIMEOUT", "60000")),
                new ExportTrouble(System::nanoTime));
        registry.counter("test").increment();
        return registry;
    }
}
