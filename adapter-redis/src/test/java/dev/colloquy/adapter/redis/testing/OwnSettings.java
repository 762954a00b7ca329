package dev.colloquy.adapter.redis.testing;

import java.util.Map;
import java.util.Set;
import java.util.stream.Stream;

/** Lets a service that a test starts have the settings of the test, and not those of whoever builds. */
public final class OwnSettings {

    // The last three are for any Java, which says on its standard error that it has read them.
    private static final Set<String> NAMES =
            Set.of("HOST", "PORT", "REDIS_URL", "JAVA_TOOL_OPTIONS", "JDK_JAVA_OPTIONS", "_JAVA_OPTIONS");

    private OwnSettings() {}

    /** Removes everything that would set a service up, or send its telemetry somewhere. */
    public static void removeOthers(Map<String, String> environment) {
        environment
                .keySet()
                .removeIf(name -> NAMES.contains(name)
                        || Stream.of("COLLOQUY_", "LOGFIRE_", "OTEL_").anyMatch(name::startsWith));
    }
}
