package dev.colloquy.adapter.redis.testing;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Arrays;
import java.util.Map;
import java.util.function.Function;
import java.util.stream.Collectors;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;

class OwnSettingsTest {

    @Test
    @DisplayName("a service that a test starts has nothing of what sets up the one of whoever builds")
    void removesOthers() {
        String names = "PATH JAVA_HOME HOST PORT REDIS_URL LOGFIRE_TOKEN LOGFIRE_BASE_URL OTEL_EXPORTER_OTLP_ENDPOINT"
                + " COLLOQUY_TOKENS_FILE COLLOQUY_JAVA_OPTS JAVA_TOOL_OPTIONS JDK_JAVA_OPTIONS _JAVA_OPTIONS";
        Map<String, String> environment =
                Arrays.stream(names.split(" ", -1)).collect(Collectors.toMap(Function.identity(), name -> "set"));

        OwnSettings.removeOthers(environment);

        assertThat(environment).containsOnlyKeys("PATH", "JAVA_HOME");
    }
}
