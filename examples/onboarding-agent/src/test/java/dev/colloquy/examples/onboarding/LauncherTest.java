package dev.colloquy.examples.onboarding;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** On copies of the launchers, in a project where Java says what it was started with. */
@DisplayName("The launcher bin/onboarding-agent")
@Timeout(60)
class LauncherTest {

    private static final String AGENT = "examples/onboarding-agent/";
    private static final String LAUNCHER = "bin/onboarding-agent";

    @TempDir
    private Path project;

    @BeforeEach
    void copyLaunchers() throws IOException {
        for (String launcher : List.of("bootstrap/bin/colloquy", AGENT + LAUNCHER)) {
            executable(launcher, Files.readString(Path.of("../..", launcher)));
        }
        executable("java/bin/java", "#!/bin/sh\necho \"$LC_ALL $*\"\n");
        Files.writeString(project.resolve("java/release"), "JAVA_VERSION=\"21\"\n");
    }

    @Test
    @DisplayName("hands its arguments to Java, in UTF-8 where the locale has no charset")
    void arguments() throws Exception {
        Files.createDirectories(project.resolve(AGENT + "target/lib"));
        Path jar = Files.createFile(project.resolve(AGENT + "target/onboarding-agent.jar"));

        Process launched = launch(Map.of(), "--user", "alex b");

        assertThat(output(launched)).isEqualTo("C.UTF-8 -jar " + jar.toRealPath() + " --user alex b\n");
        assertThat(launched.waitFor()).isZero();
    }

    @Test
    @DisplayName("works through symbolic links")
    void links() throws Exception {
        Files.createDirectories(project.resolve(AGENT + "target/lib"));
        Path jar = Files.createFile(project.resolve(AGENT + "target/onboarding-agent.jar"));
        Path direct = Files.createSymbolicLink(project.resolve("direct"), project.resolve(AGENT + LAUNCHER));
        Files.createSymbolicLink(project.resolve("relative"), direct.getFileName());

        assertThat(output(start("relative", Map.of()))).endsWith("-jar " + jar.toRealPath() + "\n");
    }

    @Test
    @DisplayName("lets nothing be typed where the standard input is closed")
    void noInput() throws Exception {
        Files.createDirectories(project.resolve(AGENT + "target/lib"));
        Files.createFile(project.resolve(AGENT + "target/onboarding-agent.jar"));
        executable("java/bin/java", "#!/bin/sh\ncat && echo end\n");
        executable("closed", "#!/bin/sh\nexec '%s' <&-\n".formatted(project.resolve(AGENT + LAUNCHER)));

        assertThat(output(start("closed", Map.of()))).isEqualTo("end\n");
    }

    @Test
    @DisplayName("says what is missing when nothing is built and there is no Maven")
    void noMaven() throws Exception {
        executable("java/bin/javac", "#!/bin/sh\n");
        for (String tool : List.of("sh", "dirname", "readlink", "sed")) {
            executable("tools/" + tool, "#!/bin/sh\nPATH='%s' exec %s \"$@\"\n".formatted(System.getenv("PATH"), tool));
        }

        Process launched = launch(Map.of("PATH", project.resolve("tools").toString()));

        assertThat(output(launched))
                .endsWith("colloquy: cannot build: Maven (mvn) is not on the PATH: install Maven 3.8 or newer\n");
        assertThat(launched.waitFor()).isEqualTo(1);
    }

    private Process launch(Map<String, String> environment, String... arguments) throws IOException {
        return start(AGENT + LAUNCHER, environment, arguments);
    }

    private Process start(String launcher, Map<String, String> environment, String... arguments) throws IOException {
        List<String> command = new ArrayList<>(List.of(project.resolve(launcher).toString()));
        command.addAll(List.of(arguments));
        ProcessBuilder builder = new ProcessBuilder(command).redirectErrorStream(true);
        builder.environment().put("JAVA_HOME", project.resolve("java").toString());
        builder.environment().put("LC_ALL", "C");
        builder.environment().putAll(environment);
        return builder.start();
    }

    private static String output(Process launched) throws IOException {
        return new String(launched.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
    }

    private void executable(String name, String script) throws IOException {
        Path file = project.resolve(name);
        Files.createDirectories(file.getParent());
        Files.writeString(file, script);
        assertThat(file.toFile().setExecutable(true)).isTrue();
    }
}
