package dev.colloquy.benchmarks;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.colloquy.benchmarks.load.Callers.Threads;
import dev.colloquy.benchmarks.workload.Settings;
import dev.colloquy.domain.error.InvalidValue;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

@DisplayName("The command line of the comparison")
class OptionsTest {

    @Test
    @DisplayName("may say nothing: everything at full length")
    void nothing() {
        Options options = Options.parse(List.of());

        assertThat(options.quick()).isFalse();
        assertThat(options.settings()).isEqualTo(Settings.FULL);
        assertThat(options.groups()).containsExactly(Options.Group.values());
        assertThat(options.output()).isEqualTo(Path.of("docs/performance"));
    }

    @Test
    @DisplayName("may say everything, in any order")
    void everything() {
        Options options = Options.parse(List.of(
                "--output=out",
                "--threads=virtual",
                "--seconds=0.5",
                "--rounds=3",
                "--only=append,startup",
                "--quick"));

        assertThat(options.quick()).isTrue();
        assertThat(options.settings())
                .isEqualTo(Settings.QUICK
                        .withRounds(3)
                        .withTime(Duration.ofMillis(500))
                        .withThreads(Threads.VIRTUAL));
        assertThat(options.groups()).containsExactly(Options.Group.APPEND, Options.Group.STARTUP);
        assertThat(options.output()).isEqualTo(Path.of("out"));
    }

    @ParameterizedTest(name = "{0}")
    @CsvSource(delimiter = '|', textBlock = """
                    --only=start      | --only     | append, length
                    --only=           | --only     | append, length
                    --rounds=0        | --rounds   | 1 to 999
                    --rounds=many     | --rounds   | 1 to 999
                    --seconds=0       | --seconds  | 0.001 to 999.999
                    --seconds=-1      | --seconds  | 0.001 to 999.999
                    --threads=green   | --threads  | platform, virtual
                    --output          | --output   | a directory
                    --output=         | --output   | a directory
                    --quick=true      | argument   | what --help lists
                    --fast            | argument   | what --help lists
                    """)
    @DisplayName("is refused with the argument's name and what is allowed")
    void refused(String argument, String field, String allowed) {
        assertThatThrownBy(() -> Options.parse(List.of(argument)))
                .isInstanceOf(InvalidValue.class)
                .hasMessageContainingAll(field, allowed);
    }
}
