package dev.colloquy.bootstrap.telemetry;

import dev.colloquy.domain.error.InvalidValue;
import java.time.Duration;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * Where telemetry goes. Immutable; its text form hides the values, as some are secrets.
 *
 * @param export whether anything is sent at all; if not, metrics are still kept for {@code /metrics}
 * @param otel the settings of the OpenTelemetry SDK under its property names, such as {@code
 *     otel.exporter.otlp.endpoint}
 */
public record TelemetrySettings(boolean export, Map<String, String> otel) {

    /** Nothing is sent. */
    public static final TelemetrySettings LOCAL = new TelemetrySettings(false, Map.of());

    private static final String ENDPOINT = "otel.exporter.otlp.endpoint";
    private static final String TIMEOUT = "otel.exporter.otlp.timeout";

    // For Prometheus there is /metrics in any case.
    private static final Set<String> NOT_SENT = Set.of("none", "prometheus");

    // The region is part of a Logfire write token: pylf_v1_eu_…
    private static final Pattern TOKEN_REGION = Pattern.compile("pylf_v[0-9]+_([a-z]+)_.*");

    public TelemetrySettings {
        otel = Map.copyOf(otel);
    }

    /**
     * Reads the environment. {@code LOGFIRE_TOKEN} alone is enough to send everything to Logfire; its region comes from
     * {@code LOGFIRE_REGION} ({@code us} or {@code eu}), else from the token, else it is {@code us}; {@code
     * LOGFIRE_BASE_URL} names another address. Without it the standard {@code OTEL_*} variables hold; nothing is sent
     * unless one of them names an endpoint.
     *
     * @throws InvalidValue if a value is not allowed; the token is never quoted
     */
    public static TelemetrySettings from(Map<String, String> environment) {
        Map<String, String> otel = standard(environment);
        String token = environment.getOrDefault("LOGFIRE_TOKEN", "").strip();
        if (!token.isEmpty()) {
            otel.put(ENDPOINT, logfireAddress(environment, token));
            otel.put("otel.exporter.otlp.headers", "Authorization=" + token);
        }
        OtelForms.require(otel);
        addDefaults(otel);
        boolean named = otel.keySet().stream()
                .anyMatch(name -> name.startsWith("otel.exporter.otlp.") && name.endsWith("endpoint"));
        boolean disabled = Boolean.parseBoolean(otel.get("otel.sdk.disabled"));
        TelemetrySettings settings = new TelemetrySettings(named && !disabled, otel);
        if (settings.sends("metrics")) {
            OtelForms.requireSendableMetrics(otel);
        }
        return settings;
    }

    private static Map<String, String> standard(Map<String, String> environment) {
        Map<String, String> otel = new HashMap<>();
        environment.forEach((name, value) -> {
            if (name.startsWith("OTEL_") && !value.isBlank()) {
                otel.put(name.toLowerCase(Locale.ROOT).replace('_', '.'), value.strip());
            }
        });
        return otel;
    }

    private static String logfireAddress(Map<String, String> environment, String token) {
        String base = environment.getOrDefault("LOGFIRE_BASE_URL", "").strip();
        if (!base.isEmpty()) {
            return base;
        }
        String region = environment.getOrDefault("LOGFIRE_REGION", "").strip();
        if (region.isEmpty()) {
            Matcher matcher = TOKEN_REGION.matcher(token);
            region = matcher.matches() && matcher.group(1).equals("eu") ? "eu" : "us";
        }
        if (!region.equals("us") && !region.equals("eu")) {
            throw new InvalidValue("LOGFIRE_REGION", region, "us, eu");
        }
        return "https://logfire-" + region + ".pydantic.dev";
    }

    private static void addDefaults(Map<String, String> otel) {
        otel.putIfAbsent("otel.exporter.otlp.protocol", OtelForms.HTTP_PROTOBUF);
        otel.putIfAbsent("otel.service.name", "colloquy");
        otel.putIfAbsent(TIMEOUT, "5000");
    }

    /** The names of the variables, sorted. */
    List<String> variables() {
        return otel.keySet().stream().map(OtelForms::variable).sorted().toList();
    }

    /** Whether a signal ({@code traces}, {@code metrics}, {@code logs}) is sent. */
    boolean sends(String signal) {
        return export && !NOT_SENT.contains(otel.getOrDefault("otel." + signal + ".exporter", "otlp"));
    }

    /** How long a receiver may take for a signal. */
    Duration timeout(String signal) {
        String own = otel.get("otel.exporter.otlp." + signal + ".timeout");
        return Duration.ofMillis(Long.parseLong(own != null ? own : otel.getOrDefault(TIMEOUT, "5000")));
    }

    /** The address a signal is sent to. */
    String endpoint(String signal) {
        String own = otel.get("otel.exporter.otlp." + signal + ".endpoint");
        if (own != null) {
            return own;
        }
        String base = otel.getOrDefault(ENDPOINT, "http://127.0.0.1:4318");
        return (base.endsWith("/") ? base : base + "/") + "v1/" + signal;
    }

    /** Without the values. */
    @Override
    public String toString() {
        return "TelemetrySettings[export=" + export + "]";
    }
}
