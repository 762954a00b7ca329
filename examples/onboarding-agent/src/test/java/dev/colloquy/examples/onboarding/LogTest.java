package dev.colloquy.examples.onboarding;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.slf4j.LoggerFactory;

@DisplayName("The onboarding agent's log")
class LogTest {

    private static final Pattern LOGGER = Pattern.compile("`((?:org\\.redisson|dev\\.colloquy)\\.[\\w.]+)`");

    static Stream<String> loggers() throws IOException {
        String page = Files.readString(Path.of("../../docs/operating.md"));
        return LOGGER.matcher(page).results().map(found -> found.group(1));
    }

    @ParameterizedTest(name = "{0}")
    @MethodSource("loggers")
    @DisplayName("has nothing of the loggers that are to be turned off")
    void off(String logger) {
        assertThat(LoggerFactory.getLogger(logger).isErrorEnabled()).isFalse();
    }
}
