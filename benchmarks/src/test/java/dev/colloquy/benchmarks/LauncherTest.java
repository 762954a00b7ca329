package dev.colloquy.benchmarks;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** On copies of the launchers, in a project where Java says what it was started with. */
@DisplayName("The launcher bin/compare")
@Timeout(60)
class LauncherTest {

    @TempDir
    private Path project;

    @BeforeEach
    void copyLaunchers() throws IOException {
        for (String launcher : List.of("bootstrap/bin/colloquy", "benchmarks/bin/compare")) {
            executable(launcher, Files.readString(Path.of("..", launcher)));
        }
        executable("java/bin/java", "#!/bin/sh\necho \"$LC_ALL $*\"\n");
        Files.writeString(project.resolve("java/release"), "JAVA_VERSION=\"21\"\n");
    }

    @Test
    @DisplayName("hands its arguments to Java, in UTF-8 where the locale has no charset")
    void arguments() throws Exception {
        file("bootstrap/target/colloquy-service.jar", "");
        file("benchmarks/target/classpath.txt", "libraries");
        // There is no repository to say that the sources are others.
        file("benchmarks/target/built-from", "");

        Process launched = launch(Map.of(), "--only=turn", "--output=some where");

        String output = project.resolve("some where").toString();
        assertThat(output(launched))
                .startsWith("C.UTF-8 ")
                .endsWith(":libraries dev.colloquy.benchmarks.Compare --only=turn --output=" + output + "\n");
        assertThat(launched.waitFor()).isZero();
    }

    @Test
    @DisplayName("helps without building anything, with every group")
    void help() throws Exception {
        Process launched = launch(Map.of(), "--quick", "--help");

        String output = output(launched);
        assertThat(output).startsWith("Usage: ").doesNotContain("building");
        String groups =
                output.replaceAll("(?s).*only some of: (.*?)--rounds.*", "$1").strip();
        assertThat(groups.split(",\\s+"))
                .containsExactly(Arrays.stream(Options.Group.values())
                        .map(group -> group.name().toLowerCase(Locale.ROOT))
                        .toArray(String[]::new));
        assertThat(launched.waitFor()).isZero();
    }

    @Test
    @DisplayName("works through symbolic links")
    void links() throws Exception {
        file("bootstrap/target/colloquy-service.jar", "");
        file("benchmarks/target/classpath.txt", "libraries");
        file("benchmarks/target/built-from", "");
        Path direct = Files.createSymbolicLink(project.resolve("direct"), project.resolve("benchmarks/bin/compare"));
        Files.createSymbolicLink(project.resolve("relative"), direct.getFileName());

        assertThat(output(start("relative", Map.of()))).contains(":libraries dev.colloquy.benchmarks.Compare");
    }

    @Test
    @DisplayName("says what is missing when nothing is built and there is no JDK, only a runtime")
    void noCompiler() throws Exception {
        executable("tools/mvn", "#!/bin/sh\necho built\n");
        String launcher = Files.readString(project.resolve("bootstrap/bin/colloquy"));
        executable(
                "bootstrap/bin/colloquy",
                launcher.replaceAll("(?s)(search_homes\\(\\) \\{\n).*?\n\\}", "$1return 1\n}"));
        for (String tool : List.of("sh", "cat", "cksum", "dirname", "git", "readlink")) {
            executable("tools/" + tool, "#!/bin/sh\nPATH='%s' exec %s \"$@\"\n".formatted(System.getenv("PATH"), tool));
        }

        Process launched = launch(Map.of("PATH", project.resolve("tools").toString()));

        assertThat(output(launched))
                .endsWith("colloquy: cannot build: only a Java runtime was found: install a JDK 21 or newer\n");
        assertThat(launched.waitFor()).isEqualTo(1);
    }

    private Process launch(Map<String, String> environment, String... arguments) throws IOException {
        return start("benchmarks/bin/compare", environment, arguments);
    }

    private Process start(String launcher, Map<String, String> environment, String... arguments) throws IOException {
        List<String> command = new ArrayList<>(List.of(project.resolve(launcher).toString()));
        command.addAll(List.of(arguments));
        ProcessBuilder builder = new ProcessBuilder(command).redirectErrorStream(true);
        builder.directory(project.toFile());
        builder.environment().put("JAVA_HOME", project.resolve("java").toString());
        builder.environment().put("LC_ALL", "C");
        builder.environment().putAll(environment);
        return builder.start();
    }

    private static String output(Process launched) throws IOException {
        return new String(launched.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
    }

    private void executable(String name, String script) throws IOException {
        assertThat(file(name, script).toFile().setExecutable(true)).isTrue();
    }

    private Path file(String name, String content) throws IOException {
        Path file = project.resolve(name);
        Files.createDirectories(file.getParent());
        return Files.writeString(file, content);
    }
}
