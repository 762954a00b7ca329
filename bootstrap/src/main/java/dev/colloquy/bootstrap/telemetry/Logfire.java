package dev.colloquy.bootstrap.telemetry;

import dev.colloquy.domain.error.InvalidValue;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.util.Map;
import java.util.Optional;
import java.util.function.Consumer;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * Logfire as the receiver of everything.
 *
 * @param address where it takes OTLP, without the path of a signal
 * @param authorization the token, percent-encoded as in {@code OTEL_EXPORTER_OTLP_HEADERS}
 */
record Logfire(String address, String authorization) {

    private static final Pattern VISIBLE = Pattern.compile("[!-~]*");
    private static final Pattern ADDRESS = Pattern.compile("https?://[^/\\s?#]+[^\\s?#]*");

    // The region is part of a Logfire write token: pylf_v1_eu_…
    private static final Pattern TOKEN_REGION = Pattern.compile("pylf_v[0-9]+_([a-z]+)_.*");

    /**
     * Reads the {@code LOGFIRE_…} variables.
     *
     * @param mistakes told of each value that is not allowed, without a token, too; neither token nor address is quoted
     * @return empty without a token
     */
    static Optional<Logfire> from(Map<String, String> environment, Consumer<InvalidValue> mistakes) {
        String token = text(environment, "LOGFIRE_TOKEN");
        if (!VISIBLE.matcher(token).matches()) {
            mistakes.accept(
                    new InvalidValue("LOGFIRE_TOKEN", "not shown here", "a write token of Logfire, without spaces"));
        }
        String region = region(environment, token, mistakes);
        String address = address(environment, region, mistakes);
        return token.isEmpty()
                ? Optional.empty()
                : Optional.of(new Logfire(address, URLEncoder.encode(token, StandardCharsets.UTF_8)));
    }

    private static String address(Map<String, String> environment, String region, Consumer<InvalidValue> mistakes) {
        String base = text(environment, "LOGFIRE_BASE_URL");
        if (base.isEmpty()) {
            return "https://logfire-" + region + ".pydantic.dev";
        }
        if (!ADDRESS.matcher(base).matches() || !OtelForms.isAddress(base)) {
            mistakes.accept(new InvalidValue(
                    "LOGFIRE_BASE_URL",
                    "not shown here",
                    "a URL that begins with http:// or https://, without a query or a fragment"));
        }
        return base;
    }

    private static String region(Map<String, String> environment, String token, Consumer<InvalidValue> mistakes) {
        String region = text(environment, "LOGFIRE_REGION");
        if (region.isEmpty()) {
            Matcher matcher = TOKEN_REGION.matcher(token);
            return matcher.matches() && matcher.group(1).equals("eu") ? "eu" : "us";
        }
        if (!region.equals("us") && !region.equals("eu")) {
            mistakes.accept(new InvalidValue("LOGFIRE_REGION", region, "us, eu"));
        }
        return region;
    }

    private static String text(Map<String, String> environment, String name) {
        return environment.getOrDefault(name, "").strip();
    }

    /** Without the values, as both may hold secrets. */
    @Override
    public String toString() {
        return "Logfire";
    }
}
