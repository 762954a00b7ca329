package dev.colloquy.bootstrap.settings;

import dev.colloquy.adapter.redis.RedisSettings;
import dev.colloquy.adapter.redis.RedisSettings.Patience;
import java.time.Duration;
import java.util.Optional;

/** Reads how to reach Redis. */
final class RedisPart {

    private static final Duration SHORTEST = Duration.ofMillis(10);
    private static final Duration LONGEST = Duration.ofMinutes(1);

    private RedisPart() {}

    /** How to reach Redis, or empty if conversations are kept in memory. */
    static Optional<RedisSettings> from(SettingsReader reader) {
        StoreChoice choice = reader.read(Setting.COLLOQUY_STORE, Values::store);
        boolean located = reader.isSet(Setting.REDIS_URL);
        Optional<RedisSettings> url = reader.readOptional(Setting.REDIS_URL, RedisSettings::of);
        Patience patience = patience(reader);
        if (choice == StoreChoice.REDIS && !located) {
            reader.mistake(
                    Setting.REDIS_URL.name(),
                    "is not set although COLLOQUY_STORE is redis; allowed: " + Setting.REDIS_URL.allowed());
        }
        return choice == StoreChoice.MEMORY ? Optional.empty() : url.map(redis -> redis.withPatience(patience));
    }

    private static Patience patience(SettingsReader reader) {
        Duration attempt = reader.read(Setting.COLLOQUY_REDIS_ATTEMPT_TIMEOUT, RedisPart::duration);
        Duration deadline = reader.readOptional(
                        Setting.COLLOQUY_REDIS_DEADLINE, text -> Values.duration(text, attempt, LONGEST))
                .orElseGet(() -> longer(attempt, duration(Setting.COLLOQUY_REDIS_DEADLINE.fallback())));
        int retries = reader.read(Setting.COLLOQUY_REDIS_RETRIES, text -> Values.wholeNumber(text, 0, 3));
        Duration connect = reader.read(Setting.COLLOQUY_REDIS_CONNECT_TIMEOUT, RedisPart::duration);
        Duration backoff = reader.read(Setting.COLLOQUY_REDIS_BACKOFF, RedisPart::duration);
        int failures = reader.read(Setting.COLLOQUY_REDIS_BREAKER_FAILURES, text -> Values.wholeNumber(text, 1, 1000));
        Duration pause = reader.read(Setting.COLLOQUY_REDIS_BREAKER_PAUSE, RedisPart::duration);
        return new Patience(connect, attempt, deadline, retries, backoff, failures, pause);
    }

    private static Duration longer(Duration one, Duration other) {
        return one.compareTo(other) > 0 ? one : other;
    }

    private static Duration duration(String text) {
        return Values.duration(text, SHORTEST, LONGEST);
    }
}
