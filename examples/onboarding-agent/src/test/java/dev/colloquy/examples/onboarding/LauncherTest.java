package dev.colloquy.examples.onboarding;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
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

    @TempDir
    private Path project;

    @BeforeEach
    void copyLaunchers() throws IOException {
        for (String launcher : List.of("bootstrap/bin/colloquy", AGENT + "bin/onboarding-agent")) {
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

        Process launched = launch("--user", "alex b");

        assertThat(output(launched)).isEqualTo("C.UTF-8 -jar " + jar.toRealPath() + " --user alex b\n");
        assertThat(launched.waitFor()).isZero();
    }

    private Process launch(String... arguments) throws IOException {
        List<String> command = new ArrayList<>(
                List.of(project.resolve(AGENT + "bin/onboarding-agent").toString()));
        command.addAll(List.of(arguments));
        ProcessBuilder builder = new ProcessBuilder(command).redirectErrorStream(true);
        builder.environment().put("JAVA_HOME", project.resolve("java").toString());
        builder.environment().put("LC_ALL", "C");
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
