package dev.colloquy.documentation;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import java.util.regex.Pattern;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;

@DisplayName("The page about operating")
class OperatingTest {

    private static final Pattern LOGGER =
            Pattern.compile("\"((?:org\\.redisson|dev\\.colloquy)\\.[a-z.]+\\.[A-Z]\\w+)\"");

    @Test
    @DisplayName("names every logger of Redis that the service's own log limits")
    void loggers() {
        String log =
                Repository.read(Repository.filesEndingWith("/ConsoleLog.java").getFirst());
        List<String> limited = LOGGER.matcher(log)
                .results()
                .map(found -> "`" + found.group(1) + "`")
                .toList();

        assertThat(limited).isNotEmpty();
        assertThat(Repository.read("docs/operating.md")).contains(limited);
    }
}
