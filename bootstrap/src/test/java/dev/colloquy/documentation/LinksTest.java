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
        assertThat(targets(document)).allSatisfy(target -> {
            String[] parts = target.split("#", 2);
            Path file = file(document, target);
            assertThat(file).exists();
            if (parts.length == 2) {
                assertThat(headings(file)).contains(parts[1]);
            }
        });
    }

    static Stream<Path> documentsBehindOthers() {
        return documents().filter(document -> document.startsWith(Repository.ROOT.resolve("docs")));
    }

    @ParameterizedTest
    @MethodSource("documentsBehindOthers")
    @DisplayName("there is a way to it, if it is in docs: a link in another one")
    void linked(Path document) {
        assertThat(documents().filter(other -> !other.equals(document)))
                .anySatisfy(other -> assertThat(targets(other))
                        .anySatisfy(target -> assertThat(file(other, target)).isEqualTo(document)));
    }

    private static List<String> targets(Path document) {
        return LINK.matcher(Repository.read(document))
                .results()
                .map(match -> match.group(1))
                .toList();
    }

    /** The file that a link in a document leads to; the document itself if the link names a heading alone. */
    private static Path file(Path document, String target) {
        String path = target.split("#", 2)[0];
        return path.isEmpty() ? document : document.resolveSibling(path).normalize();
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
