package dev.colloquy.documentation;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import java.util.List;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

@DisplayName("The walk through the code")
class WalkthroughTest {

    private static final Pattern NAME = Pattern.compile("`([A-Z][A-Za-z]+)(?:\\.([A-Za-z]+))?`");

    static Stream<String> names() {
        return NAME.matcher(Repository.read("docs/walkthrough.md"))
                .results()
                .map(match -> match.group().replace("`", ""))
                .distinct();
    }

    @ParameterizedTest
    @MethodSource("names")
    @DisplayName("names only what exists: a type, with a member of that name")
    void exists(String name) {
        String[] parts = name.split("\\.", -1);
        List<Path> files = Repository.filesEndingWith("/" + parts[0] + ".java").stream()
                .filter(file -> !file.toString().contains("/samples/"))
                .toList();

        assertThat(files).as("files of %s", parts[0]).hasSize(1);
        if (parts.length == 2) {
            String declared = Character.isUpperCase(parts[1].charAt(0))
                    ? "(record|class|interface|enum) " + parts[1] + "\\b"
                    : "[\\w>\\]] " + parts[1] + "\\(";
            assertThat(Repository.read(files.getFirst())).containsPattern(declared);
        }
    }
}
