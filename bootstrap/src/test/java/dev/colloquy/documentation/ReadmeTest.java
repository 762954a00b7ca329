package dev.colloquy.documentation;

import static org.assertj.core.api.Assertions.assertThat;

import dev.colloquy.bootstrap.settings.Setting;
import dev.colloquy.documentation.Markdown.Block;
import java.io.File;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

@DisplayName("In the README")
class ReadmeTest {

    private static final String README = Repository.read("README.md");
    private static final List<Block> BLOCKS = Markdown.blocks(README);
    private static final String SERVICE = "http://127.0.0.1:8080";

    @Nested
    @DisplayName("the curl commands print what stands below them")
    class Curl {

        @Test
        @DisplayName("when curl runs them")
        void withCurl() throws Exception {
            if (isOnPath("curl") && isOnPath("sh")) {
                assertWalk(Curl::runInShell);
            } else {
                assertWalkWithoutCurl();
            }
        }

        @Test
        @DisplayName("when they are sent as they are written")
        void withoutCurl() throws Exception {
            assertWalkWithoutCurl();
        }

        private void assertWalkWithoutCurl() throws Exception {
            CurlWalk walk = new CurlWalk();
            assertWalk((commands, before) -> walk.run(commands));
        }

        private void assertWalk(Runner runner) throws Exception {
            try (RunningService service = RunningService.inMemory()) {
                StringBuilder before = new StringBuilder();
                int walked = 0;
                for (int i = 0; i + 1 < BLOCKS.size(); i++) {
                    Block output = BLOCKS.get(i + 1);
                    if (BLOCKS.get(i).language().equals("sh")
                            && BLOCKS.get(i).text().contains("curl ")) {
                        String commands = BLOCKS.get(i).text().replace(SERVICE, service.url());
                        assertThat(output.language()).isIn("json", "text");
                        assertThat(normalised(runner.run(commands, before.toString())))
                                .as("what this prints:%n%s", commands)
                                .isEqualTo(normalised(output.text()));
                        commands.lines()
                                .filter(line -> line.matches("\\w+=\\S+"))
                                .forEach(line -> before.append(line).append('\n'));
                        walked++;
                    }
                }
                assertThat(walked).isGreaterThanOrEqualTo(4);
            }
        }

        /** Without what differs each time: made ids and times, and an end of line at the very end. */
        private static String normalised(String output) {
            return output.replaceAll("\"id\":\"(?!answer-)[^\"]+\"", "\"id\":\"…\"")
                    .replaceAll("\"\\d{4}-\\d{2}-\\d{2}T[0-9:.]+Z\"", "\"…\"")
                    .stripTrailing();
        }

        private static String runInShell(String commands, String before) throws IOException, InterruptedException {
            Process shell = new ProcessBuilder("sh", "-euc", before + commands)
                    .redirectError(ProcessBuilder.Redirect.INHERIT)
                    .start();
            String printed = new String(shell.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
            assertThat(shell.waitFor()).isZero();
            return printed;
        }

        private static boolean isOnPath(String program) {
            return Arrays.stream(System.getenv("PATH").split(File.pathSeparator, -1))
                    .anyMatch(directory -> Files.isExecutable(Path.of(directory, program)));
        }
    }

    private interface Runner {
        String run(String commands, String before) throws IOException, InterruptedException;
    }

    static Stream<String> javaBlocks() {
        return BLOCKS.stream().filter(block -> block.language().equals("java")).map(Block::text);
    }

    @ParameterizedTest
    @MethodSource("javaBlocks")
    @DisplayName("each Java snippet is a region of a test that runs")
    void java(String snippet) {
        List<String> regions = Repository.filesEndingWith("Test.java").stream()
                .filter(file -> file.toString().contains("documentation"))
                .flatMap(file -> Markdown.regions(Repository.read(file)).values().stream())
                .toList();

        assertThat(regions).contains(snippet);
    }

    @Test
    @DisplayName("the table of settings is the one the code has")
    void settings() {
        String rows = Arrays.stream(Setting.values())
                .map(setting -> "| `%s` | %s | %s | %s |%n"
                        .formatted(
                                setting.name(),
                                setting.fallback().isEmpty() ? "" : "`" + setting.fallback() + "`",
                                setting.meaning(),
                                setting.allowed()))
                .collect(Collectors.joining());

        assertThat(README)
                .contains("<!-- settings -->\n| name | default | meaning | allowed |\n|---|---|---|---|\n" + rows
                        + "<!-- /settings -->");
    }

    @Test
    @DisplayName("every program that it starts is there")
    void programs() {
        List<String> programs = BLOCKS.stream()
                .filter(block -> block.language().equals("sh"))
                .flatMap(block -> block.text().lines())
                .map(line -> line.split(" ", 2)[0])
                .filter(program -> program.contains("/bin/"))
                .toList();

        assertThat(programs)
                .isNotEmpty()
                .allSatisfy(
                        program -> assertThat(Repository.ROOT.resolve(program)).isExecutable());
    }

    @Test
    @DisplayName("the test command is the one that the continuous integration runs")
    void testCommand() {
        assertThat(BLOCKS.getFirst()).isEqualTo(new Block("sh", "mvn verify\n"));
        assertThat(Repository.read(".ci/run").lines().toList().getLast().replace(" -B -ntp", ""))
                .isEqualTo("exec mvn verify");
    }

    @Test
    @DisplayName("each module but the examples has a row")
    void modules() {
        try (Stream<Path> files = Files.list(Repository.ROOT)) {
            List<String> modules = files.filter(file -> Files.exists(file.resolve("pom.xml")))
                    .map(file -> file.getFileName().toString())
                    .toList();
            assertThat(modules)
                    .isNotEmpty()
                    .allSatisfy(module -> assertThat(README).contains("| [`" + module + "`](" + module + ") |"));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
