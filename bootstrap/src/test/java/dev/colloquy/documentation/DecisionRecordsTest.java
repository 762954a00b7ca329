package dev.colloquy.documentation;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import java.util.List;
import java.util.regex.MatchResult;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

@DisplayName("A decision record")
class DecisionRecordsTest {

    private static final Pattern TEST_NAME = Pattern.compile("`([A-Za-z]+(?:Test|Contract|Suite))`");
    private static final String STATUS = "accepted(; in part superseded by \\[.*)?|superseded by \\[.*";

    static Stream<Path> records() {
        return Repository.filesEndingWith(".md").stream()
                .filter(file -> file.getParent().endsWith(Path.of("docs", "adr")))
                .filter(file -> file.getFileName().toString().matches("\\d{4}-.*"));
    }

    @ParameterizedTest
    @MethodSource("records")
    @DisplayName("has a status, a date, and the sections of the form")
    void form(Path file) {
        assertThat(Repository.read(file))
                .startsWith("# " + number(file) + ". ")
                .containsPattern("\n- Status: (" + STATUS + ")\n- Date: \\d{4}-\\d{2}-\\d{2}\n")
                .containsSubsequence(
                        "\n## Context and problem statement\n",
                        "\n## Considered options\n",
                        "\n## Decision outcome\n",
                        "\n### Consequences\n",
                        "\n### Confirmation\n");
    }

    @ParameterizedTest
    @MethodSource("records")
    @DisplayName("names tests that confirm it, and they exist")
    void confirmation(Path file) {
        String text = Repository.read(file);
        List<String> tests = TEST_NAME
                .matcher(text.substring(text.indexOf("### Confirmation")))
                .results()
                .map((MatchResult match) -> match.group(1))
                .toList();

        assertThat(tests)
                .isNotEmpty()
                .allSatisfy(test -> assertThat(Repository.typeNames()).contains(test));
    }

    @ParameterizedTest
    @MethodSource("records")
    @DisplayName("is in the index, under its own title")
    void index(Path file) {
        String title = Repository.read(file).lines().findFirst().orElseThrow().replaceFirst("# \\d+\\. ", "");

        assertThat(Repository.read("docs/adr/README.md"))
                .contains("| " + number(file) + " | [" + title + "](" + file.getFileName() + ") |");
    }

    @Test
    @DisplayName("has a number of its own, without a gap")
    void numbers() {
        List<Integer> numbers = records().map(DecisionRecordsTest::number).toList();

        assertThat(numbers).isNotEmpty();
        for (int i = 0; i < numbers.size(); i++) {
            assertThat(numbers.get(i)).isEqualTo(i + 1);
        }
    }

    private static int number(Path file) {
        return Integer.parseInt(file.getFileName().toString().substring(0, 4));
    }
}
