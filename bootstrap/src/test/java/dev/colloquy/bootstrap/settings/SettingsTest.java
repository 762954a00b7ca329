package dev.colloquy.bootstrap.settings;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import dev.colloquy.domain.conversation.AgentId;
import dev.colloquy.domain.error.InvalidSettings;
import dev.colloquy.domain.retention.Retention;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.regex.MatchResult;
import java.util.regex.Pattern;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.ValueSource;

@DisplayName("Settings")
class SettingsTest {

    private static List<String> mistakesIn(Map<String, String> environment) {
        InvalidSettings refused = catchThrowableOfType(InvalidSettings.class, () -> Settings.from(environment));
        assertThat(refused).as("refused").isNotNull();
        return refused.mistakes();
    }

    private static String mistakeIn(String name, String value) {
        List<String> mistakes = mistakesIn(Map.of(name, value));
        assertThat(mistakes).hasSize(1);
        return mistakes.getFirst();
    }

    @Nested
    @DisplayName("without any")
    class Fallbacks {

        private final Settings settings = Settings.from(Map.of());

        @Test
        @DisplayName("listen on port 8080 of this machine only")
        void listen() {
            assertThat(settings.host()).isEqualTo("127.0.0.1");
            assertThat(settings.port()).isEqualTo(8080);
        }

        @Test
        @DisplayName("keep conversations in memory, in half of the heap")
        void memory() {
            assertThat(settings.redis()).isEmpty();
            assertThat(settings.memoryLimit()).isEqualTo(Runtime.getRuntime().maxMemory() / 100 * 50);
        }

        @Test
        @DisplayName("keep conversations for seven days since the last message, with all their messages")
        void retention() {
            assertThat(settings.retention().retentionFor(new AgentId("any"))).isEqualTo(Retention.DEFAULT);
        }

        @Test
        @DisplayName("accept messages of up to 262,144 bytes")
        void limits() {
            assertThat(settings.limits().maxMessageBytes()).isEqualTo(262_144);
        }

        @ParameterizedTest
        @EnumSource
        @DisplayName("are the same as with an empty value")
        void empty(Setting setting) {
            assertThat(Settings.from(Map.of(setting.name(), ""))).isEqualTo(settings);
        }
    }

    @Nested
    @DisplayName("from the environment")
    class FromEnvironment {

        @ParameterizedTest
        @CsvSource({"90s, PT1M30S", "30m, PT30M", "12h, PT12H", "7d, PT168H", "1500ms, PT1.5S", "3650d, PT87600H"})
        @DisplayName("take a retention in days, hours, minutes or seconds")
        void durations(String text, Duration expected) {
            Settings settings = Settings.from(Map.of("COLLOQUY_RETENTION", text));
            assertThat(settings.retention().general().period()).isEqualTo(expected);
        }

        @ParameterizedTest
        @CsvSource({"last-message, LAST_MESSAGE", "first-message, FIRST_MESSAGE", "last-access, LAST_ACCESS"})
        @DisplayName("take what the retention counts from")
        void retentionFrom(String text, Retention.From expected) {
            Settings settings = Settings.from(Map.of("COLLOQUY_RETENTION_FROM", text));
            assertThat(settings.retention().general().from()).isEqualTo(expected);
        }

        @ParameterizedTest
        @CsvSource({"1048576, 1048576", "1024k, 1048576", "64m, 67108864", "2g, 2147483648"})
        @DisplayName("take a size in bytes, k, m or g")
        void sizes(String text, long expected) {
            assertThat(Settings.from(Map.of("COLLOQUY_OUTBOX_MAX_BYTES", text))
                            .outbox()
                            .maxBytes())
                    .isEqualTo(expected);
        }

        @Test
        @DisplayName("choose Redis as soon as it is known where it is")
        void redis() {
            Settings settings = Settings.from(Map.of("REDIS_URL", "redis://127.0.0.1:6379"));
            assertThat(settings.redis())
                    .hasValueSatisfying(redis -> assertThat(redis.toString()).contains("127.0.0.1:6379"));
        }

        @Test
        @DisplayName("take each address of Redis that their own description gives, with TLS and without")
        void addressesOfRedis() {
            List<String> addresses = Pattern.compile("rediss?[+a-z]*://[^\\s;]+[^\\s,;]")
                    .matcher(Setting.REDIS_URL.allowed())
                    .results()
                    .map(MatchResult::group)
                    .toList();

            assertThat(addresses).hasSize(4).allSatisfy(address -> {
                String secure = address.replaceFirst("^redis(?!s)", "rediss");
                assertThat(Settings.from(Map.of("REDIS_URL", address)).redis()).isPresent();
                assertThat(Settings.from(Map.of("REDIS_URL", secure)).redis()).isPresent();
            });
        }

        @Test
        @DisplayName("stay with memory when told so, whatever REDIS_URL says")
        void memory() {
            Map<String, String> environment = Map.of("REDIS_URL", "redis://127.0.0.1:6379", "COLLOQUY_STORE", "memory");
            assertThat(Settings.from(environment).redis()).isEmpty();
        }

        @Test
        @DisplayName("take no notice of what belongs to other programs")
        void others() {
            assertThat(Settings.from(Map.of("PATH", "/bin", "HOSTNAME", "x"))).isEqualTo(Settings.from(Map.of()));
        }

        @ParameterizedTest
        @CsvSource({
            "COLLOQUY_SERVICE_HOST, 10.0.0.1",
            "COLLOQUY_SERVICE_PORT, 8080",
            "COLLOQUY_SERVICE_PORT_HTTP, 8080",
            "COLLOQUY_PORT, tcp://10.0.0.1:8080",
            "COLLOQUY_PORT_8080_TCP, tcp://10.0.0.1:8080",
            "COLLOQUY_PORT_8080_TCP_PROTO, tcp",
            "COLLOQUY_PORT_8080_TCP_PORT, 8080",
            "COLLOQUY_PORT_8080_TCP_ADDR, 10.0.0.1",
            "COLLOQUY_REDIS_SERVICE_HOST, 10.0.0.2",
            "COLLOQUY_REDIS_PORT, tcp://10.0.0.2:6379",
            "COLLOQUY_REDIS_PORT_6379_TCP_ADDR, 10.0.0.2"
        })
        @DisplayName("take no notice of what Kubernetes says of a Service called colloquy, or colloquy-redis")
        void kubernetes(String name, String value) {
            assertThat(Settings.from(Map.of(name, value))).isEqualTo(Settings.from(Map.of()));
        }
    }

    @Nested
    @DisplayName("from a file")
    class FromFile {

        @TempDir
        private Path directory;

        private Map<String, String> file(String... lines) throws IOException {
            Path file = Files.write(directory.resolve("colloquy.properties"), List.of(lines));
            return Map.of("COLLOQUY_CONFIG", file.toString());
        }

        @Test
        @DisplayName("have the names they have in the environment")
        void sameNames() throws IOException {
            Settings settings = Settings.from(file("PORT = 9090", "COLLOQUY_MAX_MESSAGES=50"));
            assertThat(settings.port()).isEqualTo(9090);
            assertThat(settings.retention().general().maxMessages()).hasValue(50);
        }

        @Test
        @DisplayName("yield to the environment")
        void environmentFirst() throws IOException {
            Map<String, String> environment = new HashMap<>(file("PORT=9090"));
            environment.put("PORT", "7070");
            assertThat(Settings.from(environment).port()).isEqualTo(7070);
        }

        @Test
        @DisplayName("can hold for one agent, which takes the rest from the general ones")
        void agents() throws IOException {
            RetentionSettings retention = Settings.from(file(
                            "COLLOQUY_RETENTION=2d",
                            "COLLOQUY_MAX_MESSAGES=10",
                            "agents.onboarding.retention=30d",
                            "agents.onboarding.retention-from=first-message",
                            "agents.help.desk.max-messages=500"))
                    .retention();
            assertThat(retention.retentionFor(new AgentId("onboarding")))
                    .isEqualTo(Retention.sinceFirstMessage(Duration.ofDays(30)).keepingAtMost(10));
            assertThat(retention.retentionFor(new AgentId("help.desk")))
                    .isEqualTo(Retention.sinceLastMessage(Duration.ofDays(2)).keepingAtMost(500));
            assertThat(retention.retentionFor(new AgentId("other")))
                    .isEqualTo(Retention.sinceLastMessage(Duration.ofDays(2)).keepingAtMost(10));
        }

        @Test
        @DisplayName("are refused with their name when they are unknown, doubled, out of place or wrong")
        void mistakes() throws IOException {
            assertThat(mistakesIn(file(
                            "PROT=9090",
                            "HOST=localhost",
                            "HOST=localhost",
                            "COLLOQUY_CONFIG=other",
                            "OTEL_SERVICE_NAME=a",
                            "port=1",
                            "RETENTION=7d",
                            "agents.onboarding.retention=never",
                            "agents.onboarding.colour=red",
                            "agents.-.retention=1d")))
                    .containsExactlyInAnyOrder(
                            "PROT in the file is unknown; did you mean PORT?",
                            "HOST stands in the file more than once",
                            "COLLOQUY_CONFIG stands in the file; allowed: only in the environment",
                            "OTEL_SERVICE_NAME stands in the file; allowed: only in the environment",
                            "port in the file is unknown; did you mean PORT?",
                            "RETENTION in the file is unknown; did you mean COLLOQUY_RETENTION?",
                            "agents.onboarding.retention is \"never\" in the file; allowed: "
                                    + Setting.COLLOQUY_RETENTION.allowed(),
                            "agents.onboarding.colour in the file is unknown; allowed: agents.<agent>.retention,"
                                    + " agents.<agent>.retention-from, agents.<agent>.max-messages",
                            "agents.-.retention in the file names no possible agent; allowed: 1 to 64 of A-Z a-z 0-9"
                                    + " . _ - beginning with a letter or a digit");
        }

        @Test
        @DisplayName(
                "are not shown when they look like no setting: a value that goes on in the next line would be a name")
        void valueAsName() throws IOException {
            assertThat(mistakesIn(file("LOGFIRE_TOKEN=", "pylf_v1_us_SECRET")))
                    .containsExactly(
                            "a name in the file is unknown; it is not shown here, as it may be a part of a value");
        }

        @Test
        @DisplayName("may begin with a byte order mark, which some editors write")
        void byteOrderMark() throws IOException {
            assertThat(Settings.from(file("\uFEFFPORT=9090")).port()).isEqualTo(9090);
        }

        @Test
        @DisplayName("are refused when the file is not there")
        void noFile() {
            String path = directory.resolve("missing").toString();
            assertThat(mistakeIn("COLLOQUY_CONFIG", path))
                    .startsWith("COLLOQUY_CONFIG is \"" + path + "\", which cannot be read");
        }

        @Test
        @DisplayName("are refused when the file is no properties file")
        void malformedFile() throws IOException {
            assertThat(mistakesIn(file("HOST=\\u00zz")))
                    .singleElement()
                    .asString()
                    .contains("malformed");
        }
    }

    @Nested
    @DisplayName("with mistakes")
    class Mistakes {

        @Test
        @DisplayName("are refused with all of them at once")
        void together() {
            Map<String, String> environment = Map.of(
                    "PORT", "http",
                    "COLLOQUY_STORE", "mongo",
                    "COLLOQUY_RETENTION", "7 days",
                    "COLLOQUY_RETENTION_FROM", "birth",
                    "COLLOQUY_MAX_MESSAGES", "0",
                    "COLLOQUY_MAX_MESSAGE_BYTES", "-1",
                    "COLLOQUY_MEMORY_LIMIT", "95%",
                    "COLLOQUY_REDIS_RETRIES", "many",
                    "COLLOQUY_OUTBOX_MAX_BYTES", "9999999999g",
                    "COLLOQUY_MAX_MESAGES", "5");
            assertThat(mistakesIn(environment)).hasSize(10);
        }

        @Test
        @DisplayName("name the setting, its value and what is allowed")
        void message() {
            InvalidSettings refused =
                    catchThrowableOfType(InvalidSettings.class, () -> Settings.from(Map.of("PORT", "65536")));
            assertThat(refused).hasMessage("""
                    1 setting is wrong:
                      PORT is "65536" in the environment; allowed: 0 (any free port) to 65535""");
        }

        @ParameterizedTest
        @CsvSource({
            "PORT, +80",
            "PORT, \uFF18\uFF10",
            "PORT, 99999999999",
            "COLLOQUY_MEMORY_LIMIT, 999g",
            "COLLOQUY_MEMORY_LIMIT, 0%",
            "COLLOQUY_MEMORY_LIMIT, 91%"
        })
        @DisplayName("are numbers with a sign or foreign digits, or more memory than there is")
        void numbers(String name, String value) {
            assertThat(mistakeIn(name, value)).startsWith(name + " is \"" + value + "\" in the environment; allowed: ");
        }

        @Test
        @DisplayName("are told without what a terminal would take for a command")
        void controlCharacters() {
            assertThat(mistakeIn("PORT", "\u001B[2J80\n")).startsWith("PORT is \"?[2J80?\" in the environment");
        }

        @ParameterizedTest
        @CsvSource({
            "COLLOQUY_RETENTON, COLLOQUY_RETENTION",
            "COLLOQUY_PORT, PORT",
            "COLLOQUY_REDIS_URL, REDIS_URL",
            "COLLOQUY_LOGFIRE_TOKEN, LOGFIRE_TOKEN"
        })
        @DisplayName("give the nearest name when a name is unknown, with a prefix or without")
        void nearest(String name, String nearest) {
            assertThat(mistakeIn(name, "7d"))
                    .isEqualTo(name + " in the environment is unknown; did you mean " + nearest + "?");
        }

        @ParameterizedTest
        @CsvSource({
            "COLLOQUY_PORT, 8080",
            "COLLOQUY_HOST, 10.0.0.1",
            "COLLOQUY_SERVICE, 8080",
            "COLLOQUY_REPORT, tcp://a"
        })
        @DisplayName("are found in names that only look like those that Kubernetes sets")
        void likeKubernetes(String name, String value) {
            assertThat(mistakeIn(name, value)).startsWith(name + " in the environment is unknown");
        }

        @ParameterizedTest
        @ValueSource(strings = {"", "/below", "/far/below"})
        @DisplayName("are found in a directory for the outbox that is a file, or cannot be made")
        void outboxDirectory(String below, @TempDir Path directory) throws IOException {
            String path = Files.createFile(directory.resolve("file")) + below;
            assertThat(mistakeIn("COLLOQUY_OUTBOX_DIR", path)).startsWith("COLLOQUY_OUTBOX_DIR is \"" + path + "\"");
        }

        @Test
        @DisplayName("are not found in a directory for the outbox that can be made")
        void outboxDirectoryToMake(@TempDir Path directory) {
            Path missing = directory.resolve("to/make");
            assertThat(Settings.from(Map.of("COLLOQUY_OUTBOX_DIR", missing.toString()))
                            .outbox()
                            .directory())
                    .contains(missing);
        }

        @Test
        @DisplayName("are found when Redis is wanted and nobody said where it is")
        void redisWithoutUrl() {
            assertThat(mistakeIn("COLLOQUY_STORE", "redis"))
                    .startsWith("REDIS_URL is not set although COLLOQUY_STORE is redis; allowed: ");
        }

        @ParameterizedTest
        @ValueSource(strings = {"0s", "999ms", "3651d", "7", "d", "-7d", "7D", "1w", "99999999999d"})
        @DisplayName("are found in a retention")
        void retention(String text) {
            assertThat(mistakeIn("COLLOQUY_RETENTION", text)).contains("\"" + text + "\"");
        }

        @Test
        @DisplayName("show no secret, neither do settings without mistakes")
        void secrets() {
            String url = "redis://user:hunter2@127.0.0.1:6379";
            assertThat(Settings.from(Map.of("REDIS_URL", url)).toString()).doesNotContain("hunter2");
        }

        @ParameterizedTest
        @ValueSource(
                strings = {"redis://user:hunter2@127.0.0.1:port", "redis://user:hunter2@", "user:hunter2@127.0.0.1"})
        @DisplayName("show no secret of an address of Redis that is wrong")
        void wrongSecrets(String url) {
            assertThat(mistakeIn("REDIS_URL", url))
                    .isEqualTo("REDIS_URL is (hidden) in the environment; allowed: " + Setting.REDIS_URL.allowed())
                    .doesNotContain("hunter2");
        }
    }
}
