package dev.colloquy.bootstrap.history;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.colloquy.domain.error.InvalidValue;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

@DisplayName("The command line of the history check")
class OptionsTest {

    @Test
    @DisplayName("may say nothing: ten minutes with any seed")
    void nothing() {
        assertThat(Options.parse(List.of(), 7))
                .isEqualTo(new Options(Duration.ofMinutes(10), 7, 1, Path.of("target/history.svg"), false));
        assertThat(Options.parse(List.of(), 7).picture(0)).isEqualTo(Path.of("target/history.svg"));
    }

    @Test
    @DisplayName("may say everything; each run has the next seed")
    void everything() {
        String line = "--fresh-ids true --svg out.svg --runs 3 --seed 40 --minutes 0.5";

        Options options = Options.parse(List.of(line.split(" ", -1)), 7);

        assertThat(options).isEqualTo(new Options(Duration.ofSeconds(30), 40, 3, Path.of("out.svg"), true));
        assertThat(options.plan(2))
                .isEqualTo(Plan.of(42, Duration.ofSeconds(30)).withFreshIds());
        assertThat(options.picture(2)).isEqualTo(Path.of("out-42.svg"));
    }

    @Test
    @DisplayName("may ask for a very short time, but not for none, in which no fault happens")
    void shortTime() {
        assertThat(Options.parse(List.of("--minutes", "0.001"), 7).time()).isEqualTo(Duration.ofMillis(60));
    }

    @ParameterizedTest(name = "{0}")
    @CsvSource(delimiter = '|', textBlock = """
                    --minutes=1      | option      | what --help lists
                    --minuts 1       | option      | what --help lists
                    5                | option      | what --help lists
                    --minutes        | --minutes   | a number above 0, up to 9999.999
                    --minutes few    | --minutes   | a number above 0, up to 9999.999
                    --minutes 0      | --minutes   | a number above 0
                    --minutes 00.000 | --minutes   | a number above 0
                    --seed x         | --seed      | a whole number
                    --runs 0         | --runs      | 1 to 9999
                    --fresh-ids yes  | --fresh-ids | true, false
                    --seed 1 --svg   | --svg       | a file
                    --svg no/such/it | --svg       | in a folder that exists
                    --svg target     | --svg       | a file that can be written
                    """)
    @DisplayName("is refused with the option's name and what is allowed")
    void refused(String line, String field, String allowed) {
        assertThatThrownBy(() -> Options.parse(List.of(line.split(" ", -1)), 7))
                .isInstanceOf(InvalidValue.class)
                .hasMessageContainingAll(field, allowed);
    }
}
