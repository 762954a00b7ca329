package dev.colloquy.bootstrap.telemetry;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.colloquy.domain.error.InvalidSettings;
import dev.colloquy.domain.error.InvalidValue;
import java.time.Duration;
import java.util.HashMap;
import java.util.Map;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

@DisplayName("Telemetry settings")
class TelemetrySettingsTest {

    @ParameterizedTest
    @CsvSource({
        "OTEL_EXPORTER_OTLP_HEADERS, Authorization: Bearer SECRET",
        "OTEL_EXPORTER_OTLP_TRACES_HEADERS, SECRET",
        "OTEL_EXPORTER_OTLP_HEADERS, Authorization=SECRET%",
        "OTEL_EXPORTER_OTLP_METRICS_HEADERS, Authorization=SECRET%2xSECRET",
        "OTEL_EXPORTER_OTLP_ENDPOINT, SECRET:4318",
        "OTEL_METRIC_EXPORT_INTERVAL, SECRET",
        "OTEL_METRIC_EXPORT_INTERVAL, 0",
        "OTEL_EXPORTER_OTLP_TIMEOUT, SECRET",
        "OTEL_EXPORTER_OTLP_METRICS_TIMEOUT, 0",
        "OTEL_EXPORTER_OTLP_ENDPOINT, http://[SECRET",
        "OTEL_EXPORTER_OTLP_METRICS_TEMPORALITY_PREFERENCE, SECRET"
    })
    @DisplayName("of another form are refused by name, and not quoted")
    void forms(String name, String value) {
        assertThatThrownBy(() -> TelemetrySettings.from(Map.of(name, value)))
                .isInstanceOf(InvalidValue.class)
                .hasMessageContaining(name)
                .hasMessageNotContaining("SECRET");
    }

    @Test
    @DisplayName("that OpenTelemetry does not take stop the start, and are not quoted")
    void notTaken() {
        TelemetrySettings settings = TelemetrySettings.from(
                Map.of("OTEL_EXPORTER_OTLP_ENDPOINT", "http://127.0.0.1:9", "OTEL_BSP_MAX_QUEUE_SIZE", "SECRET"));

        assertThatThrownBy(() -> Telemetry.ofService(settings))
                .isInstanceOf(InvalidSettings.class)
                .hasMessageContaining("OTEL_BSP_MAX_QUEUE_SIZE")
                .hasMessageNotContaining("SECRET")
                .hasNoCause();
    }

    @Test
    @DisplayName("send nothing unless asked to")
    void silent() {
        assertThat(TelemetrySettings.from(Map.of()).export()).isFalse();
        assertThat(TelemetrySettings.from(Map.of("OTEL_SERVICE_NAME", "x")).export())
                .isFalse();
    }

    @Test
    @DisplayName("need only the token for Logfire, whose region is in it or beside it")
    void logfire() {
        assertThat(endpoint(Map.of("LOGFIRE_TOKEN", "pylf_v1_us_abc")))
                .isEqualTo("https://logfire-us.pydantic.dev/v1/logs");
        assertThat(endpoint(Map.of("LOGFIRE_TOKEN", "pylf_v1_eu_abc")))
                .isEqualTo("https://logfire-eu.pydantic.dev/v1/logs");
        assertThat(endpoint(Map.of("LOGFIRE_TOKEN", "abc"))).isEqualTo("https://logfire-us.pydantic.dev/v1/logs");
        assertThat(endpoint(Map.of("LOGFIRE_TOKEN", "abc", "LOGFIRE_REGION", "eu")))
                .isEqualTo("https://logfire-eu.pydantic.dev/v1/logs");
        assertThat(endpoint(Map.of("LOGFIRE_TOKEN", "abc", "LOGFIRE_BASE_URL", "http://127.0.0.1:1")))
                .isEqualTo("http://127.0.0.1:1/v1/logs");
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = ';',
            value = {
                "LOGFIRE_BASE_URL; SECRET.example",
                "LOGFIRE_BASE_URL; https://SECRET.example?a=b",
                "LOGFIRE_BASE_URL; https://[SECRET",
                "LOGFIRE_TOKEN; Bearer SECRET",
                "LOGFIRE_REGION; mars"
            })
    @DisplayName("for Logfire that are wrong are refused under the name they were set by, and are not quoted")
    void wrongForLogfire(String name, String value) {
        Map<String, String> environment = new HashMap<>(Map.of("LOGFIRE_TOKEN", "SECRET"));
        environment.put(name, value);

        assertThatThrownBy(() -> TelemetrySettings.from(environment))
                .isInstanceOf(InvalidValue.class)
                .hasMessageStartingWith(name)
                .hasMessageNotContaining("SECRET");
    }

    @ParameterizedTest
    @CsvSource({"LOGFIRE_BASE_URL, nope", "LOGFIRE_REGION, xx"})
    @DisplayName("for Logfire are refused when they are wrong without a token, too")
    void wrongWithoutToken(String name, String value) {
        assertThatThrownBy(() -> TelemetrySettings.from(Map.of(name, value)))
                .isInstanceOf(InvalidValue.class)
                .hasMessageStartingWith(name);
    }

    @Test
    @DisplayName("take any character of a token for Logfire, as a header must have it")
    void tokens() {
        assertThat(TelemetrySettings.from(Map.of("LOGFIRE_TOKEN", "a,b=c%+d")).otel())
                .containsEntry("otel.exporter.otlp.headers", "Authorization=a%2Cb%3Dc%25%2Bd");
    }

    @Test
    @DisplayName("follow the standard variables")
    void standard() {
        Map<String, String> environment = Map.of(
                "OTEL_EXPORTER_OTLP_ENDPOINT", "http://127.0.0.1:1/",
                "OTEL_EXPORTER_OTLP_TRACES_ENDPOINT", "http://127.0.0.1:2/t",
                "OTEL_METRICS_EXPORTER", "none");
        TelemetrySettings settings = TelemetrySettings.from(environment);

        assertThat(settings.endpoint("logs")).isEqualTo("http://127.0.0.1:1/v1/logs");
        assertThat(settings.endpoint("traces")).isEqualTo("http://127.0.0.1:2/t");
        assertThat(settings.sends("traces")).isTrue();
        assertThat(settings.sends("metrics")).isFalse();
    }

    @Test
    @DisplayName("take an address whose name has an underscore, as services in a compose file may have")
    void underscore() {
        assertThat(endpoint(Map.of("OTEL_EXPORTER_OTLP_ENDPOINT", "http://otel_collector:4318")))
                .isEqualTo("http://otel_collector:4318/v1/logs");
    }

    @Test
    @DisplayName("let a receiver take five seconds, or what is said for all signals or for one")
    void timeouts() {
        TelemetrySettings settings = TelemetrySettings.from(
                Map.of("OTEL_EXPORTER_OTLP_TIMEOUT", "200", "OTEL_EXPORTER_OTLP_METRICS_TIMEOUT", "300"));

        assertThat(TelemetrySettings.from(Map.of()).timeout("metrics")).isEqualTo(Duration.ofSeconds(5));
        assertThat(settings.timeout("traces")).isEqualTo(Duration.ofMillis(200));
        assertThat(settings.timeout("metrics")).isEqualTo(Duration.ofMillis(300));
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = ';',
            value = {"otlp; true", "otlp,prometheus; true", "prometheus,otlp; true", "prometheus; false", "none; false"
            })
    @DisplayName("send metrics if OTLP is among their exporters")
    void metricsExporters(String exporters, boolean sent) {
        assertThat(exporting("OTEL_METRICS_EXPORTER", exporters).sends("metrics"))
                .isEqualTo(sent);
    }

    @ParameterizedTest
    @CsvSource({
        "OTEL_METRICS_EXPORTER, console",
        "OTEL_RESOURCE_ATTRIBUTES, share=SECRET100%",
        "OTEL_EXPORTER_OTLP_CERTIFICATE, /some/SECRET",
        "OTEL_EXPORTER_OTLP_METRICS_CERTIFICATE, /some/SECRET",
        "OTEL_EXPORTER_OTLP_CLIENT_KEY, /some/SECRET",
        "OTEL_EXPORTER_OTLP_CLIENT_CERTIFICATE, /some/SECRET"
    })
    @DisplayName("that metrics cannot follow are refused by name if metrics are sent")
    void notForMetrics(String name, String value) {
        assertThatThrownBy(() -> exporting(name, value))
                .isInstanceOf(InvalidValue.class)
                .hasMessageContaining(name)
                .hasMessageNotContaining("SECRET");
        assertThat(TelemetrySettings.from(Map.of(name, value)).export()).isFalse();
    }

    @Test
    @DisplayName("take a certificate for traces, and for all that is sent if metrics are not")
    void certificates() {
        Map<String, String> withoutMetrics = Map.of(
                "OTEL_EXPORTER_OTLP_ENDPOINT", "https://127.0.0.1:1",
                "OTEL_EXPORTER_OTLP_CERTIFICATE", "/some/file",
                "OTEL_METRICS_EXPORTER", "none");

        assertThat(TelemetrySettings.from(withoutMetrics).sends("traces")).isTrue();
        assertThat(exporting("OTEL_EXPORTER_OTLP_TRACES_CERTIFICATE", "/some/file")
                        .sends("metrics"))
                .isTrue();
    }

    @Test
    @DisplayName("take what is percent-encoded, in attributes and headers")
    void encoded() {
        assertThat(exporting("OTEL_RESOURCE_ATTRIBUTES", "share=100%25,team=a%2Cb")
                        .export())
                .isTrue();
        assertThat(exporting("OTEL_EXPORTER_OTLP_HEADERS", "Authorization=Bearer%20x")
                        .export())
                .isTrue();
    }

    @Test
    @DisplayName("refuse what does not work, and never show a token")
    void refuse() {
        assertThatThrownBy(() -> TelemetrySettings.from(Map.of("OTEL_EXPORTER_OTLP_PROTOCOL", "grpc")))
                .isInstanceOf(InvalidValue.class)
                .hasMessageContaining("http/protobuf");
        assertThatThrownBy(() -> TelemetrySettings.from(Map.of("LOGFIRE_TOKEN", "secret", "LOGFIRE_REGION", "mars")))
                .hasMessageContaining("us, eu")
                .hasMessageNotContaining("secret");
        assertThat(TelemetrySettings.from(Map.of("LOGFIRE_TOKEN", "secret")).toString())
                .doesNotContain("secret");
    }

    private static TelemetrySettings exporting(String name, String value) {
        return TelemetrySettings.from(Map.of("OTEL_EXPORTER_OTLP_ENDPOINT", "https://127.0.0.1:1", name, value));
    }

    private static String endpoint(Map<String, String> environment) {
        return TelemetrySettings.from(environment).endpoint("logs");
    }
}
