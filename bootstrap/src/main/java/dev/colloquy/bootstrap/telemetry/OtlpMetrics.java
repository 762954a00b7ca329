package dev.colloquy.bootstrap.telemetry;

import io.micrometer.core.ipc.http.HttpUrlConnectionSender;
import io.micrometer.registry.otlp.AggregationTemporality;
import io.micrometer.registry.otlp.OtlpConfig;
import io.micrometer.registry.otlp.OtlpHttpMetricsSender;
import io.micrometer.registry.otlp.OtlpMeterRegistry;
import io.micrometer.registry.otlp.OtlpMetricsSender;
import java.net.URLDecoder;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.HashMap;
import java.util.Map;
import java.util.Objects;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.TimeUnit;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/** Hands Micrometer those of the OpenTelemetry SDK's settings that it can follow. */
record OtlpMetrics(TelemetrySettings settings) implements OtlpConfig {

    // Micrometer writes the number as people do where the service runs, and not everywhere with these ten digits.
    private static final Pattern ANSWER = Pattern.compile("(Server responded with HTTP status code )(\\p{Nd}{3})");

    static OtlpMeterRegistry registry(TelemetrySettings settings, ExportTrouble trouble) {
        // For connecting, and again for the answer; a stop does not wait for it.
        Duration timeout = settings.timeout("metrics");
        OtlpMetricsSender sender = new OtlpHttpMetricsSender(new HttpUrlConnectionSender(timeout, timeout));
        ExecutorService threads = TimedThreads.within(settings.longestExport("metrics"));
        return OtlpMeterRegistry.builder(new OtlpMetrics(settings))
                .metricsSender(request -> {
                    try {
                        threads.submit(() -> {
                                    sender.send(request);
                                    return request;
                                })
                                .get();
                    } catch (ExecutionException notSent) {
                        trouble.report("metrics: " + reason(Objects.requireNonNullElse(notSent.getCause(), notSent)));
                    } catch (InterruptedException e) {
                        Thread.currentThread().interrupt();
                    }
                })
                .build();
    }

    /** Without the body of the answer and without the address: neither is ours to vouch for. */
    private static String reason(Throwable notSent) {
        Matcher answer = ANSWER.matcher(String.valueOf(notSent.getMessage()));
        if (answer.lookingAt()) {
            return answer.group(1) + Integer.parseInt(answer.group(2));
        }
        Throwable cause = notSent.getCause();
        return (cause == null ? notSent : cause).getClass().getSimpleName();
    }

    @Override
    public @Nullable String get(String key) {
        return null;
    }

    @Override
    public String url() {
        return settings.endpoint("metrics");
    }

    @Override
    public Map<String, String> headers() {
        Map<String, String> headers = pairs("otel.exporter.otlp.headers");
        headers.putAll(pairs("otel.exporter.otlp.metrics.headers"));
        return headers;
    }

    @Override
    public Map<String, String> resourceAttributes() {
        Map<String, String> attributes = pairs(TelemetrySettings.RESOURCE);
        String name = settings.otel().get("otel.service.name");
        if (name != null) {
            attributes.put("service.name", name);
        }
        return attributes;
    }

    @Override
    public Duration step() {
        return Duration.ofMillis(Long.parseLong(settings.otel().getOrDefault("otel.metric.export.interval", "60000")));
    }

    /** Not from the variable itself, of which Micrometer does not take all that OpenTelemetry allows. */
    @Override
    public AggregationTemporality aggregationTemporality() {
        String preferred = settings.otel().getOrDefault(TelemetrySettings.TEMPORALITY, "cumulative");
        return preferred.equalsIgnoreCase("cumulative")
                ? AggregationTemporality.CUMULATIVE
                : AggregationTemporality.DELTA;
    }

    /** As the OpenTelemetry conventions have durations, and {@code /metrics}; Micrometer would send milliseconds. */
    @Override
    public TimeUnit baseTimeUnit() {
        return TimeUnit.SECONDS;
    }

    /** The OpenTelemetry form {@code name=value,name=value}, values percent-encoded. */
    private Map<String, String> pairs(String property) {
        Map<String, String> pairs = new HashMap<>();
        for (String pair : settings.otel().getOrDefault(property, "").split(",", -1)) {
            int equals = pair.indexOf('=');
            if (equals > 0) {
                String value = pair.substring(equals + 1).strip();
                // A plus sign is itself here, not a space.
                String encoded = value.replace("+", "%2B");
                pairs.put(pair.substring(0, equals).strip(), URLDecoder.decode(encoded, StandardCharsets.UTF_8));
            }
        }
        return pairs;
    }
}
