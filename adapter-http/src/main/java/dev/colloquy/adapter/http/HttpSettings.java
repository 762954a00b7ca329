package dev.colloquy.adapter.http;

import dev.colloquy.domain.error.InvalidValue;
import java.time.Duration;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/**
 * How the HTTP surface listens. Immutable.
 *
 * @param host the address or host name to listen on
 * @param port the port, 1 to 65535, or 0 for any free one
 * @param maxBodyBytes the most bytes of a request's body, 1 to 1073741824
 * @param readTimeout how long to wait for the next request of a connection, positive
 * @param stopGrace how long a stop waits for requests that are running, positive
 * @param limits how much it takes on
 * @param certificate the certificate for TLS, or null for plain HTTP
 */
public record HttpSettings(
        String host,
        int port,
        int maxBodyBytes,
        Duration readTimeout,
        Duration stopGrace,
        HttpLimits limits,
        @Nullable ServerCertificate certificate) {

    private static final int MOST_BODY_BYTES = 1 << 30;

    /** Port 8080 of this machine alone, bodies of up to 4 MiB, 60 s to the next request, 10 s to stop. */
    public static final HttpSettings DEFAULT = new HttpSettings(
            "127.0.0.1", 8080, 4 << 20, Duration.ofSeconds(60), Duration.ofSeconds(10), HttpLimits.DEFAULT, null);

    /** @throws InvalidValue if a value is out of range */
    public HttpSettings {
        Objects.requireNonNull(host, "host");
        if (host.isBlank()) {
            throw new InvalidValue("host", host, "a host name or an address");
        }
        if (port < 0 || port > 65_535) {
            throw new InvalidValue("port", Integer.toString(port), "0 to 65535, 0 for any free one");
        }
        if (maxBodyBytes < 1 || maxBodyBytes > MOST_BODY_BYTES) {
            throw new InvalidValue("maxBodyBytes", Integer.toString(maxBodyBytes), "1 to " + MOST_BODY_BYTES);
        }
        requirePositive("readTimeout", readTimeout);
        requirePositive("stopGrace", stopGrace);
        Objects.requireNonNull(limits, "limits");
    }

    /** The same on another address. */
    public HttpSettings withHost(String address) {
        return new HttpSettings(address, port, maxBodyBytes, readTimeout, stopGrace, limits, certificate);
    }

    /** The same on another port; 0 for any free one. */
    public HttpSettings withPort(int number) {
        return new HttpSettings(host, number, maxBodyBytes, readTimeout, stopGrace, limits, certificate);
    }

    /** The same with another limit for bodies, in bytes. */
    public HttpSettings withMaxBodyBytes(int bytes) {
        return new HttpSettings(host, port, bytes, readTimeout, stopGrace, limits, certificate);
    }

    /** The same with another patience with idle connections. */
    public HttpSettings withReadTimeout(Duration timeout) {
        return new HttpSettings(host, port, maxBodyBytes, timeout, stopGrace, limits, certificate);
    }

    /** The same with another patience with running requests when it stops. */
    public HttpSettings withStopGrace(Duration grace) {
        return new HttpSettings(host, port, maxBodyBytes, readTimeout, grace, limits, certificate);
    }

    /** The same with other limits. */
    public HttpSettings withLimits(HttpLimits other) {
        return new HttpSettings(host, port, maxBodyBytes, readTimeout, stopGrace, other, certificate);
    }

    /** The same with TLS. */
    public HttpSettings withCertificate(ServerCertificate other) {
        return new HttpSettings(host, port, maxBodyBytes, readTimeout, stopGrace, limits, other);
    }

    private static void requirePositive(String field, Duration value) {
        if (value.toMillis() < 1) {
            throw new InvalidValue(field, value.toString(), "1 millisecond and above");
        }
    }
}
