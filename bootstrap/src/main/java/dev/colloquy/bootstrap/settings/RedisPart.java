package dev.colloquy.bootstrap.settings;

import java.time.Duration;
import java.util.Objects;

/**
 * How to reach Redis.
 *
 * @param url where it is, possibly with user and password
 * @param attemptTimeout how long one attempt waits
 * @param retries how often a failed call is tried again, 0 to 10
 * @param deadline how long a call may take with all its attempts
 */
public record RedisPart(Secret url, Duration attemptTimeout, int retries, Duration deadline) {

    private static final Duration SHORTEST = Duration.ofMillis(10);

    public RedisPart {
        Objects.requireNonNull(url, "url");
    }

    static RedisPart from(SettingsReader reader, Secret url) {
        return new RedisPart(
                url,
                reader.read(
                        Setting.COLLOQUY_REDIS_ATTEMPT_TIMEOUT,
                        text -> Values.duration(text, SHORTEST, Duration.ofMinutes(1))),
                reader.read(Setting.COLLOQUY_REDIS_RETRIES, text -> Values.wholeNumber(text, 0, 10)),
                reader.read(
                        Setting.COLLOQUY_REDIS_DEADLINE,
                        text -> Values.duration(text, SHORTEST, Duration.ofMinutes(5))));
    }
}
