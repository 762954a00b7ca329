package dev.colloquy.bootstrap.telemetry;

import io.opentelemetry.api.OpenTelemetry;
import io.opentelemetry.exporter.otlp.http.logs.OtlpHttpLogRecordExporter;
import io.opentelemetry.exporter.otlp.http.trace.OtlpHttpSpanExporter;
import io.opentelemetry.sdk.OpenTelemetrySdk;
import io.opentelemetry.sdk.autoconfigure.AutoConfiguredOpenTelemetrySdk;
import io.opentelemetry.sdk.common.CompletableResultCode;
import io.opentelemetry.sdk.logs.export.LogRecordExporter;
import io.opentelemetry.sdk.trace.export.SpanExporter;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;

/**
 * Sends traces and logs over OTLP, in batches, from threads of its own. What cannot be sent in time is dropped: an
 * export never slows what it reports about.
 */
final class OtlpExport implements AutoCloseable {

    // Less than a stop may take altogether.
    private static final long LONGEST_FLUSH_MILLIS = 1_000;

    private final OpenTelemetrySdk sdk;

    private OtlpExport(OpenTelemetrySdk sdk) {
        this.sdk = sdk;
    }

    static OtlpExport start(TelemetrySettings settings) {
        Map<String, String> properties = properties(settings);
        SpanFlow flow = new SpanFlow(System::nanoTime);
        return new OtlpExport(AutoConfiguredOpenTelemetrySdk.builder()
                .disableShutdownHook()
                .addPropertiesCustomizer(config -> properties)
                .addSpanExporterCustomizer((exporter, config) -> flow.watch(timed(exporter, settings)))
                .addLogRecordExporterCustomizer((exporter, config) -> timed(exporter, settings))
                .addSamplerCustomizer((sampler, config) -> flow.limit(sampler))
                .build()
                .getOpenTelemetrySdk());
    }

    private static SpanExporter timed(SpanExporter exporter, TelemetrySettings settings) {
        if (!(exporter instanceof OtlpHttpSpanExporter plain)) {
            return exporter;
        }
        CompletableResultCode ignored = plain.shutdown();
        return plain.toBuilder()
                .setExecutorService(TimedThreads.within(settings.longestExport("traces")))
                .build();
    }

    private static LogRecordExporter timed(LogRecordExporter exporter, TelemetrySettings settings) {
        if (!(exporter instanceof OtlpHttpLogRecordExporter plain)) {
            return exporter;
        }
        CompletableResultCode ignored = plain.shutdown();
        return plain.toBuilder()
                .setExecutorService(TimedThreads.within(settings.longestExport("logs")))
                .build();
    }

    /**
     * What the settings say. For all that is not said here the SDK looks at the process' own environment and system
     * properties: hence where anything goes and with which headers, which may be secrets, is said in any case.
     */
    private static Map<String, String> properties(TelemetrySettings settings) {
        Map<String, String> properties = new HashMap<>(settings.otel());
        properties.put("otel.metrics.exporter", "none");
        properties.putIfAbsent(TelemetrySettings.OTLP + "headers", "");
        for (String signal : List.of("traces", "logs")) {
            properties.put(TelemetrySettings.OTLP + signal + ".endpoint", settings.endpoint(signal));
            properties.putIfAbsent(TelemetrySettings.OTLP + signal + ".headers", "");
        }
        return properties;
    }

    OpenTelemetry api() {
        return sdk;
    }

    /** Sends what is waiting, but does not wait long for it. */
    @Override
    public void close() {
        CompletableResultCode flushed = CompletableResultCode.ofAll(List.of(
                sdk.getSdkTracerProvider().forceFlush(),
                sdk.getSdkLoggerProvider().forceFlush()));
        flushed.join(LONGEST_FLUSH_MILLIS, TimeUnit.MILLISECONDS);
        // Not waited for: the threads are daemons, and what did not get through by now will not.
        CompletableResultCode ignored = sdk.shutdown();
    }
}
