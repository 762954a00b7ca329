package dev.colloquy.bootstrap.settings;

import dev.colloquy.adapter.redis.RedisSettings;
import dev.colloquy.application.conversation.MessageLimits;
import dev.colloquy.bootstrap.telemetry.TelemetrySettings;
import dev.colloquy.domain.error.InvalidSettings;
import java.util.Map;
import java.util.Optional;

/**
 * Everything that was set, parsed and checked. Immutable; its text form shows no secret.
 *
 * <p>A setting has one name everywhere ({@link Setting}). The environment comes first, then the file that {@code
 * COLLOQUY_CONFIG} names, then the fallback. The file is a Java properties file in UTF-8 with the same names, and the
 * only place for what holds for one agent: {@code agents.onboarding.retention=30d}, {@code
 * agents.onboarding.retention-from=first-message}, {@code agents.onboarding.max-messages=500}; what an agent does not
 * name it takes from the general settings. A setting that is empty is not set.
 *
 * @param host the address to listen on
 * @param port the port to listen on, 0 to 65535; 0 for any free one
 * @param redis how to reach Redis, or empty if conversations are kept in memory
 * @param retention how long conversations are kept
 * @param limits how large a message may be
 * @param memoryLimit the most bytes the memory store holds
 * @param outbox how much may wait for Redis while it is away
 * @param access who is let in
 * @param http what the HTTP surface takes on
 * @param telemetry where traces, metrics and logs are sent
 */
public record Settings(
        String host,
        int port,
        Optional<RedisSettings> redis,
        RetentionSettings retention,
        MessageLimits limits,
        long memoryLimit,
        OutboxPart outbox,
        AccessPart access,
        HttpPart http,
        TelemetrySettings telemetry) {

    private static final long LARGEST_MESSAGE = 64L << 20;

    /**
     * Reads the environment of this process, and the file it names.
     *
     * @throws InvalidSettings if anything is wrong; it lists every mistake
     */
    public static Settings fromEnvironment() {
        return from(System.getenv());
    }

    /**
     * Reads this environment, and the file it names.
     *
     * @param environment names and values; of the other names those that start with {@code COLLOQUY_} are mistakes,
     *     but for those that Kubernetes sets for a Service
     * @throws InvalidSettings if anything is wrong; it lists every mistake
     */
    public static Settings from(Map<String, String> environment) {
        SettingsReader reader = new SettingsReader(environment);
        Settings settings = read(reader);
        reader.requireNoMistakes();
        return settings;
    }

    /** The settings, of no use if the reader has found a mistake. */
    static Settings read(SettingsReader reader) {
        // Checked here, used by the logging before any setting is read.
        reader.read(Setting.COLLOQUY_LOG_FORMAT, Values::logFormat);
        reader.read(Setting.COLLOQUY_LOG_LEVEL, Values::logLevel);
        return new Settings(
                reader.read(Setting.HOST, Values::host),
                reader.read(Setting.PORT, Values::port),
                RedisPart.from(reader),
                RetentionSettings.from(reader),
                new MessageLimits(reader.read(Setting.COLLOQUY_MAX_MESSAGE_BYTES, Settings::messageBytes)),
                reader.read(Setting.COLLOQUY_MEMORY_LIMIT, Settings::memoryLimit),
                OutboxPart.from(reader),
                AccessPart.from(reader),
                HttpPart.from(reader),
                TelemetrySettings.from(reader.all(), reader::mistake));
    }

    private static int messageBytes(String text) {
        return Math.toIntExact(Values.bytes(text, 1, LARGEST_MESSAGE));
    }

    private static long memoryLimit(String text) {
        return Values.bytesOrShareOf(Runtime.getRuntime().maxMemory(), text);
    }
}
