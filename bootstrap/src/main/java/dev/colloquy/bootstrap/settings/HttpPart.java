package dev.colloquy.bootstrap.settings;

import dev.colloquy.adapter.http.HttpLimits;
import dev.colloquy.adapter.http.ServerCertificate;
import dev.colloquy.domain.error.InvalidValue;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Optional;

/**
 * What the HTTP surface takes on, and how it shows who it is.
 *
 * @param limits how much it takes on
 * @param idleTimeout how long a connection is kept open for the next request
 * @param certificate the certificate for TLS, or empty for plain HTTP
 */
public record HttpPart(HttpLimits limits, Duration idleTimeout, Optional<ServerCertificate> certificate) {

    private static final int MOST = 1_000_000;
    private static final Duration LEAST_TIME = Duration.ofMillis(10);

    static HttpPart from(SettingsReader reader) {
        HttpLimits limits = new HttpLimits(
                reader.readOptional(Setting.COLLOQUY_RATE_LIMIT, HttpPart::number)
                        .orElse(0),
                reader.read(Setting.COLLOQUY_MAX_CONCURRENT_REQUESTS, HttpPart::number),
                reader.read(Setting.COLLOQUY_MAX_CONNECTIONS, HttpPart::number),
                reader.read(Setting.COLLOQUY_REQUEST_TIMEOUT, text -> time(text, Duration.ofMinutes(10))));
        Duration idle = reader.read(Setting.COLLOQUY_IDLE_TIMEOUT, text -> time(text, Duration.ofMinutes(60)));
        return new HttpPart(limits, idle, certificate(reader));
    }

    private static Optional<ServerCertificate> certificate(SettingsReader reader) {
        Optional<Path> certificate = reader.readOptional(Setting.COLLOQUY_TLS_CERT, Values::readable);
        Optional<Path> key = reader.readOptional(Setting.COLLOQUY_TLS_KEY, Values::readable);
        if (certificate.isEmpty() || key.isEmpty()) {
            requireOther(reader, Setting.COLLOQUY_TLS_CERT, Setting.COLLOQUY_TLS_KEY);
            requireOther(reader, Setting.COLLOQUY_TLS_KEY, Setting.COLLOQUY_TLS_CERT);
            return Optional.empty();
        }
        try {
            return Optional.of(ServerCertificate.read(certificate.get(), key.get()));
        } catch (InvalidValue e) {
            Setting wrong = e.field().equals("key") ? Setting.COLLOQUY_TLS_KEY : Setting.COLLOQUY_TLS_CERT;
            Path file = e.field().equals("key") ? key.get() : certificate.get();
            reader.mistake(wrong.name(), "is \"" + file + "\"; allowed: " + e.allowed());
            return Optional.empty();
        }
    }

    private static void requireOther(SettingsReader reader, Setting set, Setting missing) {
        if (reader.isSet(set) && !reader.isSet(missing)) {
            reader.mistake(missing.name(), "is not set although " + set + " is; allowed: " + missing.allowed());
        }
    }

    private static int number(String text) {
        return Values.wholeNumber(text, 1, MOST);
    }

    private static Duration time(String text, Duration most) {
        return Values.duration(text, LEAST_TIME, most);
    }
}
