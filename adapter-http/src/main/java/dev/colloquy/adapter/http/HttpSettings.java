package dev.colloquy.adapter.http;

import dev.colloquy.domain.error.InvalidValue;
import java.time.Duration;
import java.util.Objects;

/**
 * How the HTTP surface listens. Immutable.
 *
 * @param host the address or host name to listen on
 * @param port the port, 1 to 65535, or 0 for any free one
 * @param maxBodyBytes the most bytes of a request's body, 1 to 1073741824
 * @param readTimeout how long to wait for the next byte of a client, positive; it also ends idle connections
 * @param stopGrace how long a stop waits for requests that are running, positive
 */
public record HttpSettings(String host, int port, int maxBodyBytes, Duration readTimeout, Duration stopGrace) {

    private static final int MOST_BODY_BYTES = 1 << 30;

    /** Port 8080 of this machine alone, bodies of up to 4 MiB, 60 s for a read, 10 s to stop. */
    public static final HttpSettings DEFAULT =
            new HttpSettings("127.0.0.1", 8080, 4 << 20, Duration.ofSeconds(60), Duration.ofSeconds(10));

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
    }

    /** The same on another address. */
    public HttpSettings withHost(String address) {
        return new HttpSettings(address, port, maxBodyBytes, readTimeout, stopGrace);
    }

    /** The same on another port; 0 for any free one. */
    public HttpSettings withPort(int number) {
        return new HttpSettings(host, number, maxBodyBytes, readTimeout, stopGrace);
    }

    /** The same with another limit for bodies, in bytes. */
    public HttpSettings withMaxBodyBytes(int bytes) {
        return new HttpSettings(host, port, bytes, readTimeout, stopGrace);
    }

    /** The same with another patience with clients. */
    public HttpSettings withReadTimeout(Duration timeout) {
        return new HttpSettings(host, port, maxBodyBytes, timeout, stopGrace);
    }

    /** The same with another patience with running requests when it stops. */
    public HttpSettings withStopGrace(Duration grace) {
        return new HttpSettings(host, port, maxBodyBytes, readTimeout, grace);
    }

    private static void requirePositive(String field, Duration value) {
        if (value.toMillis() < 1) {
            throw new InvalidValue(field, value.toString(), "1 millisecond and above");
        }
    }
}
