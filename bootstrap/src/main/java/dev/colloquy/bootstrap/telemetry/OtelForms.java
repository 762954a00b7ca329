package dev.colloquy.bootstrap.telemetry;

import dev.colloquy.domain.error.InvalidValue;
import java.util.Locale;
import java.util.Map;
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
    private static final Pattern MILLISECONDS = Pattern.compile("[1-9][0-9]{0,8}");
    private static final Pattern METRICS_EXPORTERS = Pattern.compile("none|(otlp|prometheus)(,(otlp|prometheus))?");
    private static final Pattern OWN_CERTIFICATES =
            Pattern.compile("otel\\.exporter\\.otlp\\.(metrics\\.)?(certificate|client\\.key|client\\.certificate)");

    private OtelForms() {}

    /**
     * Checks all of them.
     *
     * @param otel the values under their property names
     * @throws InvalidValue if one is of another form; the value is not quoted, as it may be a secret
     */
    static void require(Map<String, String> otel) {
        otel.forEach((name, value) -> {
            boolean export = name.startsWith(TelemetrySettings.OTLP);
            if (export && name.endsWith("protocol")) {
                require(PROTOCOL, name, value, HTTP_PROTOBUF);
            } else if (export && name.endsWith("headers")) {
                require(HEADERS, name, value, PAIRS);
                requireEncoded(name, value);
            } else if (export && name.endsWith("endpoint")) {
                require(ADDRESS, name, value, "an address that begins with http:// or https://");
            } else if ((export && name.endsWith("timeout")) || name.equals("otel.metric.export.interval")) {
                require(MILLISECONDS, name, value, "a whole number of milliseconds, such as 5000");
            }
        });
    }

    /**
     * Checks that nothing is asked for that only traces and logs can follow.
     *
     * @throws InvalidValue if something is; the value is not quoted
     */
    static void requireSendableMetrics(Map<String, String> otel) {
        otel.forEach((name, value) -> {
            if (name.equals("otel.metrics.exporter")) {
                require(METRICS_EXPORTERS, name, value, "otlp, prometheus (which is always there), none");
            } else if (name.equals("otel.resource.attributes")) {
                requireEncoded(name, value);
            } else if (OWN_CERTIFICATES.matcher(name).matches()) {
                throw wrong(
                        name,
                        "only with OTEL_METRICS_EXPORTER=none, as metrics are sent with the certificates that Java"
                                + " trusts (javax.net.ssl.trustStore), or for traces or logs alone");
            }
        });
    }

    private static void require(Pattern form, String name, String value, String allowed) {
        if (!form.matcher(value).matches()) {
            throw wrong(name, allowed);
        }
    }

    private static void requireEncoded(String name, String value) {
        if (STRAY_PERCENT.matcher(value).find()) {
            throw wrong(name, PAIRS);
        }
    }

    private static InvalidValue wrong(String name, String allowed) {
        return new InvalidValue(variable(name), "not shown here", allowed);
    }

    /** The variable of a property, such as {@code OTEL_SERVICE_NAME}. */
    static String variable(String property) {
        return property.toUpperCase(Locale.ROOT).replace('.', '_');
    }
}
