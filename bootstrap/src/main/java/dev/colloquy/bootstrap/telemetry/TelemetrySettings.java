package dev.colloquy.bootstrap.telemetry;

import dev.colloquy.domain.error.InvalidValue;
import java.time.Duration;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;
import java.util.function.Consumer;

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

    /** How the names of the properties begin that say where telemetry goes and how. */
    static final String OTLP = "otel.exporter.otlp.";

    static final String TEMPORALITY = OTLP + "metrics.temporality.preference";

    private static final String ENDPOINT = OTLP + "endpoint";
    private static final String HEADERS = OTLP + "headers";
    private static final String TIMEOUT = OTLP + "timeout";
    private static final String USUAL_TIMEOUT = "5000";

    // For Prometheus there is /metrics in any case.
    private static final Set<String> NOT_SENT = Set.of("none", "prometheus");

    static final String RESOURCE = "otel.resource.attributes";

    public TelemetrySettings {
        otel = Map.copyOf(otel);
    }

    /**
     * Reads the environment. {@code LOGFIRE_TOKEN} alone is enough to send everything to Logfire; its region comes from
     * {@code LOGFIRE_REGION} ({@code us} or {@code eu}), else from the token, else it is {@code us}; {@code
     * LOGFIRE_BASE_URL} names another address. With it the endpoints and headers of the standard {@code OTEL_*} variables
     * are passed over, as the token is for Logfire only. Without it they hold, and nothing is sent unless one of them names
     * an endpoint.
     *
     * @param mistakes told of each value that is not allowed; what comes back is of no use then. No secret is quoted
     */
    public static TelemetrySettings from(Map<String, String> environment, Consumer<InvalidValue> mistakes) {
        Map<String, String> otel = standard(environment);
        Optional<Logfire> logfire = Logfire.from(environment, mistakes);
        if (logfire.isPresent()) {
            otel.keySet().removeIf(TelemetrySettings::saysWhere);
        }
        OtelForms.require(otel, mistakes);
        logfire.ifPresent(receiver -> {
            otel.put(ENDPOINT, receiver.address());
            otel.put(HEADERS, "Authorization=" + receiver.authorization());
        });
        otel.putIfAbsent(OTLP + "protocol", OtelForms.HTTP_PROTOBUF);
        otel.putIfAbsent(TIMEOUT, USUAL_TIMEOUT);
        addResource(otel, "service.name", "colloquy");
        boolean named = otel.keySet().stream().anyMatch(name -> name.startsWith(OTLP) && name.endsWith("endpoint"));
        boolean disabled = Boolean.parseBoolean(otel.get("otel.sdk.disabled"));
        TelemetrySettings settings = new TelemetrySettings(named && !disabled, otel);
        if (settings.sends("metrics")) {
            OtelForms.requireSendableMetrics(otel, mistakes);
        }
        return settings;
    }

    /**
     * The same, up to the first mistake.
     *
     * @throws InvalidValue if a value is not allowed; no secret is quoted
     */
    public static TelemetrySettings from(Map<String, String> environment) {
        return from(environment, mistake -> {
            throw mistake;
        });
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

    private static boolean saysWhere(String property) {
        return property.startsWith(OTLP) && (property.endsWith("endpoint") || property.endsWith("headers"));
    }

    private static void addResource(Map<String, String> otel, String attribute, String value) {
        boolean isGiven = Arrays.stream(otel.getOrDefault(RESOURCE, "").split(",", -1))
                .anyMatch(pair -> pair.split("=", -1)[0].strip().equals(attribute));
        if (!isGiven) {
            otel.merge(RESOURCE, attribute + "=" + value, (given, more) -> given + "," + more);
        }
    }

    /** The same, with an id of the process that sends, unless nothing is sent or they have one. */
    TelemetrySettings withInstanceId() {
        if (!export) {
            return this;
        }
        Map<String, String> more = new HashMap<>(otel);
        addResource(more, "service.instance.id", UUID.randomUUID().toString());
        return new TelemetrySettings(export, more);
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
        String own = otel.get(OTLP + signal + ".timeout");
        return Duration.ofMillis(Long.parseLong(own != null ? own : otel.getOrDefault(TIMEOUT, USUAL_TIMEOUT)));
    }

    /** How long sending a signal may take altogether, from connecting to the end of the answer. */
    Duration longestExport(String signal) {
        return timeout(signal).multipliedBy(2);
    }

    /** The address a signal is sent to. */
    String endpoint(String signal) {
        String own = otel.get(OTLP + signal + ".endpoint");
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
