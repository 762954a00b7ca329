package dev.colloquy.examples.onboarding;

import static org.assertj.core.api.Assertions.assertThat;

import com.sun.net.httpserver.HttpServer;
import dev.colloquy.adapter.http.access.NewToken;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.SecureRandom;
import java.util.Map;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

@DisplayName("The onboarding agent")
@Timeout(120)
class OnboardingAgentTest {

    private static final String NAME = "agent: What's your name?";
    private static final String GOAL = "agent: What would you like to achieve?";
    private static final String AGAIN = "Start me again";

    @Test
    @DisplayName("asks, prints the profile and clears the conversation")
    void whole() throws Exception {
        try (Program agent = Program.agent(Map.of())) {
            agent.type("Alex", "run 10 km", "some", "5");

            assertThat(agent.endInput())
                    .containsSubsequence(
                            NAME, GOAL, "none, some or a lot?", "How many hours", "This is your profile:", "cleared")
                    .containsPattern("name +Alex\n +goal +run 10 km\n +experience +some\n +hours +5\n");
            assertThat(agent.exitCode()).isZero();
        }
    }

    @Test
    @DisplayName("says how it is used")
    void help() throws Exception {
        try (Program agent = Program.agent(Map.of(), "--help")) {
            assertThat(agent.endInput()).contains("--url", "--user");
            assertThat(agent.exitCode()).isZero();
        }
    }

    @Test
    @DisplayName("passes on what the service has against a request")
    void refused() throws Exception {
        try (Program service = Program.start("dev.colloquy.bootstrap.Main", Map.of("PORT", "0"));
                Program agent = Program.agent(Map.of(), "--url", urlOf(service), "--user", "no\tuser")) {
            assertThat(agent.endInput()).contains("answered 400: user ").doesNotContain(AGAIN);
            assertThat(agent.exitCode()).isEqualTo(2);
        }
    }

    @Test
    @DisplayName("passes on what Colloquy inside it has against a user")
    void refusedInside() throws Exception {
        try (Program agent = Program.agent(Map.of(), "--user", "")) {
            assertThat(agent.endInput()).contains("Colloquy says: user ").doesNotContain(AGAIN);
            assertThat(agent.exitCode()).isEqualTo(2);
        }
    }

    @Test
    @DisplayName("sends the token of its environment to a service that wants one")
    void token(@TempDir Path directory) throws Exception {
        NewToken token = NewToken.make("onboarding", "onboarding", "read,write", new SecureRandom());
        Path tokens = Files.writeString(directory.resolve("tokens"), token.line());
        Map<String, String> guarded = Map.of("PORT", "0", "COLLOQUY_TOKENS_FILE", tokens.toString());
        try (Program service = Program.start("dev.colloquy.bootstrap.Main", guarded)) {
            String url = urlOf(service);
            try (Program agent = Program.agent(Map.of("ONBOARDING_TOKEN", token.token()), "--url", url)) {
                assertThat(agent.endInput()).contains(NAME, "Bye.");
                assertThat(agent.exitCode()).isZero();
            }
            try (Program agent = Program.agent(Map.of(), "--url", url)) {
                assertThat(agent.endInput())
                        .contains("answered 401: send a valid token")
                        .doesNotContain(AGAIN);
                assertThat(agent.exitCode()).isEqualTo(2);
            }
            try (Program agent = Program.agent(Map.of("ONBOARDING_TOKEN", "SECRET é"), "--url", url)) {
                assertThat(agent.endInput()).contains("no token has").doesNotContain("SECRET", AGAIN);
                assertThat(agent.exitCode()).isEqualTo(2);
            }
        }
    }

    private static String urlOf(Program service) throws IOException {
        return service.awaitLine("answers on http://").replaceAll(".*(http://[0-9.:]+[0-9]).*", "$1");
    }

    @Nested
    @DisplayName("stopped half-way and started again goes on where it was")
    class Resuming {

        @Test
        @DisplayName("with a running service")
        void service() throws Exception {
            Map<String, String> anyPort = Map.of("PORT", "0");
            try (Program service = Program.start("dev.colloquy.bootstrap.Main", anyPort)) {
                assertResumes(Map.of(), "--url", urlOf(service));
            }
        }

        private void assertResumes(Map<String, String> environment, String... arguments) throws Exception {
            try (Program first = Program.agent(environment, arguments)) {
                first.type("Alex");
                assertThat(first.endInput()).contains(NAME, GOAL, "Bye.");
            }
            try (Program second = Program.agent(environment, arguments)) {
                second.type("run 10 km");
                second.awaitLine("none, some or a lot?");
                second.kill();
            }
            try (Program third = Program.agent(environment, arguments)) {
                third.type("a lot", "5");
                assertThat(third.endInput())
                        .contains("Welcome back.")
                        .containsOnlyOnce(NAME)
                        .containsOnlyOnce(GOAL)
                        .containsOnlyOnce("none, some or a lot?")
                        .containsSubsequence("you:   Alex", GOAL, "you:   run 10 km", "This is your profile:");
            }
            try (Program fourth = Program.agent(environment, arguments)) {
                assertThat(fourth.endInput()).contains(NAME).doesNotContain("Welcome back.");
            }
        }
    }

    @Nested
    @DisplayName("does not begin anew from what may be a part of the conversation")
    class Degraded {

        @Test
        @DisplayName("but stops with a plain message while Redis does not answer")
        void embedded() throws Exception {
            assertStops(Map.of("REDIS_URL", "redis://127.0.0.1:1"));
        }

        @Test
        @DisplayName("nor while the Redis of the service does not")
        void service() throws Exception {
            Map<String, String> away = Map.of("PORT", "0", "REDIS_URL", "redis://127.0.0.1:1");
            try (Program service = Program.start("dev.colloquy.bootstrap.Main", away)) {
                assertStops(Map.of(), "--url", urlOf(service));
            }
        }

        @Test
        @DisplayName("but waits for a store that is back soon")
        void back() throws Exception {
            AtomicInteger reads = new AtomicInteger();
            HttpServer service = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
            service.createContext("/", exchange -> {
                boolean first = reads.incrementAndGet() == 1;
                if (first) {
                    exchange.getResponseHeaders().set("Colloquy-State", "degraded");
                }
                String said = first ? "[]" : "[{\"role\":\"agent\",\"content\":\"What's your name?\"}]";
                exchange.sendResponseHeaders(200, said.length());
                try (exchange) {
                    exchange.getResponseBody().write(said.getBytes(StandardCharsets.UTF_8));
                }
            });
            service.start();
            String url = "http://127.0.0.1:" + service.getAddress().getPort();
            try (Program agent = Program.agent(Map.of(), "--url", url)) {
                assertThat(agent.endInput()).contains("Welcome back.", NAME, "Bye.");
                assertThat(reads).hasValue(2);
            } finally {
                service.stop(0);
            }
        }

        private void assertStops(Map<String, String> environment, String... arguments) throws Exception {
            try (Program agent = Program.agent(environment, arguments)) {
                assertThat(agent.endInput())
                        .contains("The store does not answer", AGAIN)
                        .doesNotContain(NAME, "\tat ");
                assertThat(agent.exitCode()).isEqualTo(1);
            }
        }
    }

    @Nested
    @DisplayName("says that it forgets")
    class Forgetting {

        private static final String FORGETS = "when you stop me, I forget";

        @ParameterizedTest
        @ValueSource(strings = {"COLLOQUY_RETENTION=1d", "REDIS_URL=", "COLLOQUY_STORE=memory"})
        @DisplayName("when it keeps all in memory")
        void memory(String setting) throws Exception {
            String[] parts = setting.split("=", 2);
            try (Program agent = Program.agent(Map.of(parts[0], parts[1]))) {
                assertThat(agent.endInput()).contains(FORGETS);
            }
        }

        @Test
        @DisplayName("but not when a file of settings says where Redis is")
        void file(@TempDir Path directory) throws Exception {
            Path file = Files.writeString(directory.resolve("settings"), "REDIS_URL=redis://127.0.0.1:1\n");
            try (Program agent = Program.agent(Map.of("COLLOQUY_CONFIG", file.toString()))) {
                assertThat(agent.endInput()).doesNotContain(FORGETS);
            }
        }
    }

    @Nested
    @DisplayName("keeps its manners")
    class Rude {

        @Test
        @DisplayName("when nothing is typed")
        void empty() throws Exception {
            try (Program agent = Program.agent(Map.of())) {
                agent.type("", "   ", "\t", "Alex");
                assertThat(agent.endInput()).containsOnlyOnce(NAME).contains("Please type an answer", GOAL);
            }
        }

        @Test
        @DisplayName("when a line never seems to end")
        void endless() throws Exception {
            try (Program agent = Program.agent(Map.of())) {
                agent.type("x".repeat(3_000_000), "Alex");
                assertThat(agent.endInput()).contains("too long", GOAL).hasSizeLessThan(2_000);
            }
        }

        @Test
        @DisplayName("when the answer would command the terminal")
        void escapes() throws Exception {
            Map<String, String> anyPort = Map.of("PORT", "0");
            try (Program service = Program.start("dev.colloquy.bootstrap.Main", anyPort)) {
                String url = urlOf(service);
                try (Program agent = Program.agent(Map.of(), "--url", url)) {
                    agent.type("Al\u001b[2Jex 🙂");
                    agent.endInput();
                }
                try (Program agent = Program.agent(Map.of(), "--url", url)) {
                    assertThat(agent.endInput()).contains("you:   Al?[2Jex 🙂").doesNotContain("\u001b");
                }
            }
        }

        @Test
        @DisplayName("when there is no service at the URL")
        void unreachable() throws Exception {
            try (Program agent = Program.agent(Map.of(), "--url", "http://127.0.0.1:1")) {
                assertThat(agent.endInput())
                        .contains("cannot reach Colloquy at http://127.0.0.1:1", AGAIN)
                        .doesNotContain("\tat ");
                assertThat(agent.exitCode()).isEqualTo(1);
            }
        }

        @ParameterizedTest
        @ValueSource(strings = {"ftp://there", "http://host_name:7540", "http://::1:8080", "http://127.0.0.1:99999"})
        @DisplayName("when its arguments are wrong")
        void misused(String url) throws Exception {
            try (Program agent = Program.agent(Map.of(), "--url", url)) {
                assertThat(agent.endInput())
                        .contains("--url was " + url, "usage: onboarding-agent")
                        .doesNotContain("\tat ");
                assertThat(agent.exitCode()).isEqualTo(2);
            }
        }
    }
}
