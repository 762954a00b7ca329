package dev.colloquy.bootstrap.telemetry;

import dev.colloquy.domain.error.InvalidValue;
import java.net.URI;
import java.net.URISyntaxException;
import java.util.Locale;
import java.util.Map;
import java.util.function.Consumer;
import java.util.regex.Pattern;

/** What the values of {@code OTEL_*} variables must look like, where a wrong one would only be noticed later. */
final class OtelForms {

    /** The one protocol that is spoken. */
    static final String HTTP_PROTOBUF = "http/protobuf";

    private static final Pattern PROTOCOL = Pattern.compile(Pattern.quote(HTTP_PROTOBUF));
    private static final Pattern HEADERS = Pattern.compile("[^=,]+=[^,]*(,[^=,]+=[^,]*)*");
    private static final Pattern STRAY_PERCENT = Pattern.compile("%(?![0-9A-Fa-f]{2})");
    private static final String PAIRS = "name=value, with commas between several; in a value % is %25";
    private static final Pattern ADDRESS = Pattern.compile("https?://[^/\\s]+\\S*");
    private static final Pattern TEMPORALITY = Pattern.compile("(?i)cumulative|delta|lowmemory");
    private static final Pattern MILLISECONDS = Pattern.compile("[1-9][0-9]{0,8}");
    private static final Pattern METRICS_EXPORTERS = Pattern.compile("none|(otlp|prometheus)(,(otlp|prometheus))?");
    private static final String WITHOUT_METRICS =
            "only with OTEL_METRICS_EXPORTER=none, as metrics are sent with the certificates that Java trusts"
                    + " (javax.net.ssl.trustStore), or for traces or logs alone";
    private static final Pattern OWN_CERTIFICATES =
            Pattern.compile("otel\\.exporter\\.otlp\\.(metrics\\.)?(certificate|client\\.key|client\\.certificate)");

    private OtelForms() {}

    /**
     * Checks all of them.
     *
     * @param otel the values under their property names
     * @param mistakes told of each that is of another form; the value is not quoted, as it may be a secret
     */
    static void require(Map<String, String> otel, Consumer<InvalidValue> mistakes) {
        otel.forEach((name, value) -> {
            boolean export = name.startsWith(TelemetrySettings.OTLP);
            if (export && name.endsWith("protocol")) {
                require(PROTOCOL.matcher(value).matches(), name, HTTP_PROTOBUF, mistakes);
            } else if (export && name.endsWith("headers")) {
                require(HEADERS.matcher(value).matches() && isEncoded(value), name, PAIRS, mistakes);
            } else if (export && name.endsWith("endpoint")) {
                require(isAddress(value), name, "an address that begins with http:// or https://", mistakes);
            } else if (name.equals(TelemetrySettings.TEMPORALITY)) {
                boolean known = TEMPORALITY.matcher(value).matches();
                require(known, name, "cumulative, delta, lowmemory", mistakes);
            } else if ((export && name.endsWith("timeout")) || name.equals("otel.metric.export.interval")) {
                boolean milliseconds = MILLISECONDS.matcher(value).matches();
                require(milliseconds, name, "a whole number of milliseconds, such as 5000", mistakes);
            }
        });
    }

    /**
     * Checks that nothing is asked for that only traces and logs can follow.
     *
     * @param mistakes told of each that is; the value is not quoted
     */
    static void requireSendableMetrics(Map<String, String> otel, Consumer<InvalidValue> mistakes) {
        otel.forEach((name, value) -> {
            if (name.equals("otel.metrics.exporter")) {
                boolean known = METRICS_EXPORTERS.matcher(value).matches();
                require(known, name, "otlp, prometheus (which is always there), none", mistakes);
            } else if (name.equals(TelemetrySettings.RESOURCE)) {
                require(isEncoded(value), name, PAIRS, mistakes);
            } else {
                require(!OWN_CERTIFICATES.matcher(name).matches(), name, WITHOUT_METRICS, mistakes);
            }
        });
    }

    private static void require(boolean right, String name, String allowed, Consumer<InvalidValue> mistakes) {
        if (!right) {
            mistakes.accept(new InvalidValue(variable(name), "not shown here", allowed));
        }
    }

    /** Whether it begins as an address and is a URI. Its host is not asked for: the JDK sees none in a name with a _. */
    static boolean isAddress(String value) {
        try {
            return ADDRESS.matcher(new URI(value).toString()).matches();
        } catch (URISyntaxException e) {
            return false;
        }
    }

    private static boolean isEncoded(String value) {
        return !STRAY_PERCENT.matcher(value).find();
    }

    /** The variable of a property, such as {@code OTEL_SERVICE_NAME}. */
    static String variable(String property) {
        return property.toUpperCase(Locale.ROOT).replace('.', '_');
    }
}
