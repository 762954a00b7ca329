package dev.colloquy.bootstrap;

import static org.assertj.core.api.Assertions.assertThat;

import dev.colloquy.bootstrap.settings.Setting;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.function.UnaryOperator;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

@DisplayName("The launcher bootstrap/bin/colloquy")
class LauncherIT {

    @TempDir
    private Path directory;

    private LaunchedService launch(Map<String, String> environment, String... arguments) throws IOException {
        return LaunchedService.start(directory, environment, arguments);
    }

    @Test
    @DisplayName("says its version, which is the project's")
    void version() throws Exception {
        try (LaunchedService launched = launch(Map.of(), "--version")) {
            assertThat(launched.exitCode()).isZero();
            assertThat(launched.output()).isEqualTo("colloquy " + System.getProperty("colloquy.version") + "\n");
        }
    }

    @Test
    @DisplayName("helps with every setting and its fallback")
    void help() throws Exception {
        try (LaunchedService launched = launch(Map.of(), "--help")) {
            assertThat(launched.exitCode()).isZero();
            assertThat(launched.output())
                    .contains(Arrays.stream(Setting.values())
                            .map(setting -> setting.fallback().isEmpty()
                                    ? "  " + setting.name() + " "
                                    : "  " + setting.name() + " (" + setting.fallback() + ")")
                            .toArray(String[]::new));
        }
    }

    @Test
    @DisplayName("works from any directory and through symbolic links")
    void links() throws Exception {
        Path direct = Files.createSymbolicLink(directory.resolve("direct"), LaunchedService.launcher());
        Files.createSymbolicLink(directory.resolve("relative"), direct.getFileName());
        try (LaunchedService launched = LaunchedService.start(directory.resolve("relative"), directory, Map.of())) {
            assertThat(launched.port()).isPositive();
        }
        Path bin = Files.createSymbolicLink(
                directory.resolve("bin"), LaunchedService.launcher().getParent());
        assertThat(argumentsOfJava(bin.resolve("colloquy"), Map.of()))
                .contains(Path.of("target/colloquy-service.jar").toRealPath().toString());
    }

    @Test
    @DisplayName("hands COLLOQUY_JAVA_OPTS to Java")
    void javaOptions() throws Exception {
        try (LaunchedService launched = launch(Map.of("COLLOQUY_JAVA_OPTS", "-Dx=y --version"))) {
            assertThat(launched.exitCode()).isZero();
            assertThat(launched.output()).contains(System.getProperty("java.version"));
        }
    }

    @Test
    @DisplayName("ends with 1 when nobody gets the token that it made")
    void lostToken() throws Exception {
        String script = "{ '%s' new-token ci onboarding read; echo \"ended with $?\" >&2; } | :"
                .formatted(LaunchedService.launcher());
        try (LaunchedService launched = LaunchedService.start(Path.of("/bin/sh"), directory, Map.of(), "-c", script)) {
            launched.exitCode();
            assertThat(launched.errors())
                    .startsWith("colloquy: cannot write the token")
                    .endsWith("ended with 1\n");
        }
    }

    @ParameterizedTest(name = "{0}: {1}")
    @CsvSource({
        "COLLOQUY_JAVA_OPTS, -Xshare:off",
        "JAVA_TOOL_OPTIONS, -Xshare:auto",
        "JDK_JAVA_OPTIONS, -XX:SharedArchiveFile=other.jsa",
    })
    @DisplayName("starts with whatever else shall be done about the start, too")
    void sharing(String variable, String option) throws Exception {
        try (LaunchedService launched = launch(Map.of(variable, option))) {
            assertThat(launched.port()).isPositive();
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"COLLOQUY_JAVA_OPTS", "JDK_JAVA_OPTIONS"})
    @DisplayName("starts with a file of options that says something about the start, too")
    void fileOfOptions(String variable) throws Exception {
        Path file = Files.writeString(directory.resolve("options"), "-Xshare:off\n");
        try (LaunchedService launched = launch(Map.of(variable, "@" + file))) {
            assertThat(launched.port()).isPositive();
        }
    }

    @Test
    @DisplayName("asks for huge pages where the kernel has them, unless something is said about large pages")
    void hugePages() throws Exception {
        Path kernel = Path.of("/sys/kernel/mm/transparent_hugepage/enabled");
        boolean has = Files.isReadable(kernel) && !Files.readString(kernel).contains("[never]");
        String on = "-XX:+UseTransparentHugePages";
        String off = "-XX:-UseTransparentHugePages";
        assertThat(argumentsOfJava(Map.of()).contains(on)).isEqualTo(has);
        assertThat(argumentsOfJava(Map.of("COLLOQUY_JAVA_OPTS", off)))
                .contains(off)
                .doesNotContain(on);
        assertThat(argumentsOfJava(Map.of("JAVA_TOOL_OPTIONS", "-XX:+UseLargePages")))
                .doesNotContain(on);
    }

    private List<String> argumentsOfJava(Map<String, String> environment) throws Exception {
        return argumentsOfJava(LaunchedService.launcher(), environment);
    }

    private List<String> argumentsOfJava(Path launcher, Map<String, String> environment) throws Exception {
        Map<String, String> all = new HashMap<>(environment);
        all.put("JAVA_HOME", fakeJava("printf '%s\\n' \"$@\"").toString());
        try (LaunchedService launched = LaunchedService.start(launcher, directory, all)) {
            assertThat(launched.exitCode()).isZero();
            return launched.output().lines().toList();
        }
    }

    /** The home of a Java that does what the line of shell says. */
    private Path fakeJava(String line) throws IOException {
        Path home = Files.createDirectories(directory.resolve("fake-java"));
        Files.writeString(home.resolve("release"), "JAVA_VERSION=\"21\"\n");
        executable(Files.createDirectories(home.resolve("bin")).resolve("java"), "#!/bin/sh\n" + line + "\n");
        return home;
    }

    @Nested
    @DisplayName("looking for Java")
    class Java {

        @Test
        @DisplayName("passes over a JAVA_HOME that is too old")
        void tooOld() throws Exception {
            Path old = Files.createDirectories(directory.resolve("old/bin"));
            Files.writeString(directory.resolve("old/release"), "JAVA_VERSION=\"17.0.15\"\n");
            executable(old.resolve("java"), "#!/bin/sh\nexit 99\n");
            String path = Path.of(System.getProperty("java.home"), "bin") + ":" + System.getenv("PATH");
            try (LaunchedService launched =
                    launch(Map.of("JAVA_HOME", directory.resolve("old").toString(), "PATH", path))) {
                assertThat(launched.port()).isPositive();
            }
        }

        @ParameterizedTest(name = "{0}")
        @CsvSource({"21.0.1, 0", "17.0.15, 1"})
        @DisplayName("asks the one of JAVA_HOME that has no release file for its version")
        void noReleaseFile(String version, int exitCode) throws Exception {
            Path launcher = copy(Java::withoutUsualPlaces);
            Path home = directory.resolve("home");
            executable(
                    Files.createDirectories(home.resolve("bin")).resolve("java"),
                    "#!/bin/sh\necho 'openjdk version \"%s\" 2025-01-01' >&2\n".formatted(version));
            Map<String, String> environment = Map.of("JAVA_HOME", home.toString(), "PATH", toolsWithoutJava());
            try (LaunchedService launched =
                    LaunchedService.start(launcher, directory, environment, "--java", "-version")) {
                assertThat(launched.exitCode()).isEqualTo(exitCode);
            }
        }

        @Test
        @DisplayName("says what is missing when there is none")
        void none() throws Exception {
            Path launcher = copy(Java::withoutUsualPlaces);
            Map<String, String> environment = Map.of("JAVA_HOME", "", "PATH", toolsWithoutJava());
            try (LaunchedService launched = LaunchedService.start(launcher, directory, environment)) {
                assertThat(launched.exitCode()).isEqualTo(1);
                assertThat(launched.errors())
                        .contains("needs Java 21 or newer", "install a JDK 21 or newer, or set JAVA_HOME");
            }
        }

        private static String withoutUsualPlaces(String script) {
            return script.replaceAll("(?s)(search_homes\\(\\) \\{\n).*?\n\\}", "$1return 1\n}");
        }
    }

    @Nested
    @DisplayName("lets Java take paths, arguments and variables for UTF-8")
    class Utf8 {

        @Test
        @DisplayName("in the locale of POSIX")
        void posix() throws Exception {
            Map<String, String> environment =
                    Map.of("LC_ALL", "C", "COLLOQUY_JAVA_OPTS", "-XshowSettings:properties -version");
            try (LaunchedService launched = launch(environment)) {
                assertThat(launched.exitCode()).isZero();
                assertThat(launched.errors()).contains("sun.jnu.encoding = UTF-8");
            }
        }

        @Test
        @DisplayName("without a locale, as under systemd and cron")
        void noLocale() throws Exception {
            assertThat(localeOfJava(Map.of())).isEqualTo("C.UTF-8");
            assertThat(localeOfJava(Map.of("LC_CTYPE", "POSIX", "LANG", "de_DE.UTF-8")))
                    .isEqualTo("C.UTF-8");
        }

        @Test
        @DisplayName("in a locale that is not installed")
        void notInstalled() throws Exception {
            assertThat(localeOfJava(Map.of("LANG", "de_DE.UTF-8", "PATH", pathWithCharmap("ANSI_X3.4-1968"))))
                    .isEqualTo("C.UTF-8");
        }

        @Test
        @DisplayName("and leaves a locale alone that has a charset of its own")
        void installed() throws Exception {
            assertThat(localeOfJava(Map.of("LC_ALL", "de_DE.UTF-8", "PATH", pathWithCharmap("UTF-8"))))
                    .isEqualTo("de_DE.UTF-8");
            assertThat(localeOfJava(Map.of("LC_ALL", "de_DE", "PATH", pathWithCharmap("ISO-8859-1"))))
                    .isEqualTo("de_DE");
        }

        /** What LC_ALL is for Java if the launcher is started with these variables and no other of the locale. */
        private String localeOfJava(Map<String, String> environment) throws Exception {
            Map<String, String> all = new HashMap<>(Map.of("LC_ALL", "", "LC_CTYPE", "", "LANG", ""));
            all.put("JAVA_HOME", fakeJava("echo \"$LC_ALL\"").toString());
            all.putAll(environment);
            try (LaunchedService launched = launch(all)) {
                assertThat(launched.exitCode()).isZero();
                return launched.output().strip();
            }
        }

        private String pathWithCharmap(String charmap) throws IOException {
            Path tools = Files.createDirectories(directory.resolve("with-locale"));
            executable(tools.resolve("locale"), "#!/bin/sh\necho " + charmap + "\n");
            return tools + ":" + System.getenv("PATH");
        }
    }

    @Nested
    @DisplayName("in a project that is not built")
    class NotBuilt {

        @Test
        @DisplayName("builds first, and says so")
        void builds() throws Exception {
            Path launcher = copy(script -> script);
            Path target = Path.of("target").toAbsolutePath();
            Path tools = Files.createDirectories(directory.resolve("tools"));
            executable(
                    tools.resolve("mvn"),
                    "#!/bin/sh\nmkdir -p '%1$s/target'\nln -s '%2$s/colloquy-service.jar' '%2$s/lib' '%1$s/target'\n"
                            .formatted(directory.resolve("bootstrap"), target));
            String path = tools + ":" + System.getenv("PATH");
            try (LaunchedService launched = LaunchedService.start(launcher, directory, Map.of("PATH", path))) {
                assertThat(launched.port()).isPositive();
                assertThat(launched.errors()).contains("not built yet: building it with Maven");
            }
        }

        @Test
        @DisplayName("says what is missing when there is no Maven")
        void noMaven() throws Exception {
            assertAsksForMaven(copy(script -> script));
        }

        @Test
        @DisplayName("says the same when the history is to be checked, through a symbolic link")
        void noMavenForHistory() throws Exception {
            Path launcher = copy(script -> script);
            Path historyCheck = LaunchedService.launcher().resolveSibling("history-check");
            executable(launcher.resolveSibling("history-check"), Files.readString(historyCheck));
            assertAsksForMaven(
                    Files.createSymbolicLink(directory.resolve("link"), Path.of("bootstrap/bin/history-check")));
        }

        private void assertAsksForMaven(Path launcher) throws Exception {
            try (LaunchedService launched =
                    LaunchedService.start(launcher, directory, Map.of("PATH", toolsWithoutJava()))) {
                assertThat(launched.exitCode()).isEqualTo(1);
                assertThat(launched.errors())
                        .endsWith(
                                "colloquy: cannot build: Maven (mvn) is not on the PATH: install Maven 3.8 or newer\n");
            }
        }
    }

    /** A copy of the launcher in a project of its own, without anything built. */
    private Path copy(UnaryOperator<String> change) throws IOException {
        Path launcher =
                Files.createDirectories(directory.resolve("bootstrap/bin")).resolve("colloquy");
        return executable(launcher, change.apply(Files.readString(LaunchedService.launcher())));
    }

    private static Path executable(Path file, String script) throws IOException {
        Files.writeString(file, script);
        assertThat(file.toFile().setExecutable(true)).isTrue();
        return file;
    }

    /** A PATH with what the launcher needs, and neither Java nor Maven. */
    private String toolsWithoutJava() throws IOException {
        Path tools = Files.createDirectories(directory.resolve("few-tools"));
        for (String tool : new String[] {"sh", "cat", "dirname", "readlink"}) {
            Path found = Arrays.stream(System.getenv("PATH").split(":", -1))
                    .map(entry -> Path.of(entry, tool))
                    .filter(Files::isExecutable)
                    .findFirst()
                    .orElseThrow();
            Files.createSymbolicLink(tools.resolve(tool), found);
        }
        return tools.toString();
    }
}
