package dev.colloquy.documentation;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import java.util.List;
import java.util.Locale;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

@DisplayName("In each document")
class LinksTest {

    private static final Pattern LINK =
            Pattern.compile("(?:\\]\\(|(?:src|href|srcset)=\")(?!https?:)([^)\"\\s]+)[)\"]");

    static Stream<Path> documents() {
        return Repository.filesEndingWith(".md").stream();
    }

    @ParameterizedTest
    @MethodSource("documents")
    @DisplayName("every link into the repository leads somewhere")
    void links(Path document) {
        List<String> targets = LINK.matcher(Repository.read(document))
                .results()
                .map(match -> match.group(1))
                .toList();

        assertThat(targets).allSatisfy(target -> {
            String[] parts = target.split("#", 2);
            Path file = parts[0].isEmpty() ? document : document.resolveSibling(parts[0]);
            assertThat(file).exists();
            if (parts.length == 2) {
                assertThat(headings(file)).contains(parts[1]);
            }
        });
    }

    /** The headings of a document as the fragments of links to them. */
    private static Stream<String> headings(Path file) {
        return Repository.read(file)
                .lines()
                .filter(line -> line.startsWith("#"))
                .map(line -> line.replaceFirst("#+ ", "")
                        .toLowerCase(Locale.ROOT)
                        .replaceAll("[^\\p{L}\\p{N} _-]", "")
                        .replace(' ', '-'));
    }
}
