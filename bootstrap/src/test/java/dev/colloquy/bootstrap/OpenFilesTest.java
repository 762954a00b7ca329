package dev.colloquy.bootstrap;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

@DisplayName("The files that a process may have open")
class OpenFilesTest {

    @ParameterizedTest(name = "{1} files, {0} wanted: {2}")
    @CsvSource({
        "10000, 1048576, 10000",
        "10000, 9223372036854775807, 10000",
        "10000, 10240, 10000",
        "10000, 4096, 3856",
        "1, 4096, 1",
        "10000, 100, 1",
        "10000, -1, 10000",
    })
    @DisplayName("leave room for so many connections")
    void connections(int wanted, long files, int expected) {
        assertThat(OpenFiles.connections(wanted, files)).isEqualTo(expected);
    }
}
