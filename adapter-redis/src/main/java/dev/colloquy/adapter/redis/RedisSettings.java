package dev.colloquy.adapter.redis;

import dev.colloquy.domain.error.InvalidValue;
import java.io.IOException;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.security.KeyStore;
import java.time.Duration;
import org.jspecify.annotations.Nullable;

/**
 * Where Redis is, and how patient to be with it. Immutable; {@link #of} gives the defaults, each {@code with…} a copy.
 * {@link #toString()} shows no password.
 */
public final class RedisSettings {

    private static final Duration SHORTEST = Duration.ofMillis(10);
    private static final Duration LONGEST = Duration.ofMinutes(1);
    // At ten and above Redisson takes one connection per command instead of sharing them.
    private static final int MOST_CONNECTIONS = 9;
    private static final int MOST_RETRIES = 3;

    private final RedisUrl url;
    private final @Nullable Path trustStore;
    private final @Nullable String trustStorePassword;
    private final int connections;
    private final Patience patience;

    /**
     * How long to wait for what.
     *
     * @param connect for a connection, and again for its TLS handshake, 10 ms to 1 minute
     * @param attempt for the answer to one attempt, 10 ms to 1 minute
     * @param deadline for a whole call with its retries, at least {@code attempt}, at most 1 minute
     * @param retries how often a failed attempt is repeated, 0 to 3
     * @param backoff the pause before the first retry, 10 ms to 1 minute, doubled before each further one and varied by
     *     half at random
     * @param breakerFailures how many attempts must fail within twice the deadline, and none succeed for as long after the
     *     first failure, before the circuit breaker opens, 1 to 1000
     * @param breakerPause how long an open breaker refuses at once before it tries again, 10 ms to 1 minute
     */
    public record Patience(
            Duration connect,
            Duration attempt,
            Duration deadline,
            int retries,
            Duration backoff,
            int breakerFailures,
            Duration breakerPause) {

        /** 1 s to connect, 500 ms for an attempt, 2 s for a call, 3 retries from 50 ms on, 5 failures, 1 s. */
        public static final Patience DEFAULT = new Patience(
                Duration.ofSeconds(1),
                Duration.ofMillis(500),
                Duration.ofSeconds(2),
                MOST_RETRIES,
                Duration.ofMillis(50),
                5,
                Duration.ofSeconds(1));

        /** @throws InvalidValue if a figure is out of its range */
        public Patience {
            requireRange("connect timeout", connect);
            requireRange("attempt timeout", attempt);
            requireRange("deadline", deadline);
            requireRange("backoff", backoff);
            requireRange("breaker pause", breakerPause);
            if (deadline.compareTo(attempt) < 0) {
                throw new InvalidValue("deadline", deadline.toString(), "at least the attempt timeout");
            }
            if (retries < 0 || retries > MOST_RETRIES) {
                throw new InvalidValue("retries", Integer.toString(retries), "0 to 3");
            }
            if (breakerFailures < 1 || breakerFailures > 1000) {
                throw new InvalidValue("breaker failures", Integer.toString(breakerFailures), "1 to 1000");
            }
        }

        private static void requireRange(String field, Duration value) {
            if (value.compareTo(SHORTEST) < 0 || value.compareTo(LONGEST) > 0) {
                throw new InvalidValue(field, value.toString(), "10 milliseconds to 1 minute");
            }
        }
    }

    private RedisSettings(
            RedisUrl url,
            @Nullable Path trustStore,
            @Nullable String trustStorePassword,
            int connections,
            Patience patience) {
        this.url = url;
        this.trustStore = trustStore;
        this.trustStorePassword = trustStorePassword;
        this.connections = connections;
        this.patience = patience;
    }

    /**
     * The settings for an address, with defaults for everything else.
     *
     * @param url {@code redis://[user:password@]host[:port][/db]}; {@code rediss://} for TLS; several {@code host:port}
     *     with commas between them, or {@code redis+cluster://}, for a cluster; {@code
     *     redis+sentinel://host:port,host:port/master[?db=n]} for sentinels. User and password are percent-encoded
     * @throws InvalidValue if it is none of these; the message shows neither user nor password
     */
    public static RedisSettings of(String url) {
        return new RedisSettings(RedisUrl.parse(url), null, null, 4, Patience.DEFAULT);
    }

    /**
     * With a trust store of one's own for TLS, instead of the system's.
     *
     * @param file a PKCS12 or JKS file
     * @param password its password, or null if it has none
     * @throws InvalidValue if the file cannot be read with it, or holds no certificate; the message shows neither
     */
    public RedisSettings withTrustStore(Path file, @Nullable String password) {
        requireCertificates(file, password);
        return new RedisSettings(url, file, password, connections, patience);
    }

    /** Otherwise every connection would fail as if Redis were away, and an outbox would accept for good. */
    private static void requireCertificates(Path file, @Nullable String password) {
        boolean isUsable;
        try {
            char[] secret = password == null ? null : password.toCharArray();
            isUsable = KeyStore.getInstance(file.toFile(), secret).size() > 0;
        } catch (GeneralSecurityException | IOException | IllegalArgumentException unreadable) {
            isUsable = false;
        }
        if (!isUsable) {
            throw new InvalidValue(
                    "trust store", "something else", "a PKCS12 or JKS file with certificates, and its password");
        }
    }

    /**
     * With another number of connections to each server; the default is 4.
     *
     * @throws InvalidValue if it is not 1 to 9
     */
    public RedisSettings withConnections(int count) {
        if (count < 1 || count > MOST_CONNECTIONS) {
            throw new InvalidValue("connections", Integer.toString(count), "1 to 9");
        }
        return new RedisSettings(url, trustStore, trustStorePassword, count, patience);
    }

    /** With other time limits, retries and breaker. */
    public RedisSettings withPatience(Patience other) {
        return new RedisSettings(url, trustStore, trustStorePassword, connections, other);
    }

    /** The time limits, retries and breaker. */
    public Patience patience() {
        return patience;
    }

    RedisUrl url() {
        return url;
    }

    @Nullable
    Path trustStore() {
        return trustStore;
    }

    @Nullable
    String trustStorePassword() {
        return trustStorePassword;
    }

    int connections() {
        return connections;
    }

    /** The address without user and password. */
    @Override
    public String toString() {
        return url.toString();
    }
}
