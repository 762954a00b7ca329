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

@DisplayName("The page about failures")
class FailureModesTest {

    private static final String PAGE = Repository.read("docs/failure-modes.md");
    private static final Pattern TEST = Pattern.compile("`(\\w+(?:Test|IT))\\.(\\w+)`");

    static Stream<String> tests() {
        return TEST.matcher(PAGE).results().map(MatchResult::group).map(name -> name.replace("`", ""));
    }

    @ParameterizedTest
    @MethodSource("tests")
    @DisplayName("names a test that exists")
    void test(String name) {
        int dot = name.indexOf('.');
        List<Path> files = Repository.filesEndingWith("/" + name.substring(0, dot) + ".java");
        assertThat(files).hasSize(1);
        assertThat(Repository.read(files.getFirst())).contains("void " + name.substring(dot + 1) + "(");
    }

    @Test
    @DisplayName("names every test of a fault")
    void complete() {
        List<String> named = tests().toList();
        Pattern method = Pattern.compile("(?s)@(?:Test|ParameterizedTest).*?void (\\w+)\\(");
        for (String type : List.of("RedisOutageTest", "RefusalTest", "NetworkFaultTest", "TopologyFaultTest")) {
            Path file = Repository.filesEndingWith("/" + type + ".java").getFirst();
            assertThat(method.matcher(Repository.read(file))
                            .results()
                            .map(found -> type + "." + found.group(1))
                            .toList())
                    .isNotEmpty()
                    .allSatisfy(test -> assertThat(named).contains(test));
        }
    }
}
