package dev.colloquy.adapter.http;

import static dev.colloquy.adapter.http.Answers.assertProblem;
import static dev.colloquy.adapter.http.Answers.header;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.colloquy.adapter.http.access.AccessControl;
import dev.colloquy.adapter.http.access.Caller;
import dev.colloquy.adapter.http.problem.Problem;
import dev.colloquy.adapter.http.problem.ProblemException;
import dev.colloquy.adapter.http.problem.ProblemType;
import dev.colloquy.domain.error.InvalidValue;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.FutureTask;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicLong;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Test;

@DisplayName("Limits")
class LimitsTest {

    private static final String MESSAGES = "/v1/agents/onboarding/users/alex/conversation/messages";

    private final AtomicLong nanos = new AtomicLong(Long.MAX_VALUE - 5);

    @Nested
    @DisplayName("on the rate of a caller")
    class Rate {

        private final RateLimitFilter limit = new RateLimitFilter(4, nanos::get);

        @Test
        @DisplayName("let a second's worth through at once, then as many as come back with time")
        void refills() {
            assertThat(passes("ann", 10)).isEqualTo(4);
            pass(Duration.ofMillis(249));
            assertThat(passes("ann", 10)).isZero();
            pass(Duration.ofMillis(1));
            assertThat(passes("ann", 10)).isEqualTo(1);
            pass(Duration.ofHours(1));
            assertThat(passes("ann", 10)).isEqualTo(4);
        }

        @Test
        @DisplayName("give each caller its own share")
        void separate() {
            passes("ann", 10);

            assertThat(passes("bob", 10)).isEqualTo(4);
        }

        @Test
        @DisplayName("say when to come back, in whole seconds")
        void retryAfter() {
            RateLimitFilter one = new RateLimitFilter(1, nanos::get);
            one.filter(from("ann"), LimitsTest::answer);

            assertThatThrownBy(() -> one.filter(from("ann"), LimitsTest::answer))
                    .isInstanceOfSatisfying(ProblemException.class, e -> {
                        assertThat(e.problem().type()).isEqualTo(ProblemType.RATE_LIMITED);
                        assertThat(e.problem().headers()).singleElement().satisfies(header -> {
                            assertThat(header.name()).isEqualTo("Retry-After");
                            assertThat(header.value()).isEqualTo("1");
                        });
                    });
        }

        @Test
        @DisplayName("forget callers whose share is whole again")
        void forgets() {
            for (int i = 0; i <= 10_000; i++) {
                passes("caller-" + i, 1);
            }
            assertThat(limit.remembered()).isEqualTo(10_001);
            pass(Duration.ofSeconds(2));
            passes("ann", 1);

            assertThat(limit.remembered()).isEqualTo(1);
        }

        @Test
        @DisplayName("answer 429, but health at any rate")
        void overHttp() throws Exception {
            RateLimitFilter one = new RateLimitFilter(1, nanos::get);
            try (Client client = Client.ofNewServer(List.of(one))) {
                assertThat(client.get(MESSAGES).statusCode()).isEqualTo(200);
                var refused = client.get(MESSAGES);
                assertProblem(refused, 429, "rate-limited");
                assertThat(header(refused, "Retry-After")).isEqualTo("1");
                assertThat(client.get("/health/ready").statusCode()).isEqualTo(200);
                assertThat(client.get("/nope").statusCode()).isEqualTo(429);
            }
        }

        private int passes(String caller, int requests) {
            int passed = 0;
            for (int i = 0; i < requests; i++) {
                try {
                    limit.filter(from(caller), LimitsTest::answer);
                    passed++;
                } catch (ProblemException refused) {
                    assertThat(refused.problem().type()).isEqualTo(ProblemType.RATE_LIMITED);
                }
            }
            return passed;
        }

        @Test
        @DisplayName("hold for a server whose settings have them, for each recognised caller by itself")
        void ofAServer() throws Exception {
            HttpSettings settings = Client.SETTINGS.withLimits(HttpLimits.DEFAULT.withRequestsPerSecond(1));
            AccessControl anybody = token ->
                    Optional.of(new Caller(token, Set.of(Caller.EVERY_AGENT), Set.of(Caller.Scope.READ), null));
            HttpFeatures features = HttpFeatures.NONE.guardedBy(anybody).withMetrics(() -> "");
            try (Client client = Client.of(HttpServer.start(settings, new TestStore().ports(), features))) {
                int answered = 0;
                while (client.get(MESSAGES, "Authorization", "Bearer ann").statusCode() != 429) {
                    assertThat(++answered).isLessThan(50);
                }

                assertThat(client.get(MESSAGES, "Authorization", "Bearer bob").statusCode())
                        .isEqualTo(200);
                for (int i = 0; i < 3; i++) {
                    assertThat(client.get("/metrics", "Authorization", "Bearer ann")
                                    .statusCode())
                            .isEqualTo(200);
                }
            }
        }

        @Test
        @DisplayName("say a second where less is enough: never to come back at once")
        void retryAfterLessThanASecond() {
            passes("ann", 4);

            assertThatThrownBy(() -> limit.filter(from("ann"), LimitsTest::answer))
                    .isInstanceOfSatisfying(
                            ProblemException.class,
                            e -> assertThat(e.problem().headers())
                                    .extracting(Problem.Header::value)
                                    .containsExactly("1"));
        }

        @Test
        @DisplayName("do not forget a caller whose share is not whole yet")
        void doesNotForget() {
            for (int i = 0; i <= 10_000; i++) {
                passes("caller-" + i, 1);
            }
            pass(Duration.ofMillis(900));
            passes("ann", 4);
            pass(Duration.ofMillis(200));
            passes("bob", 1);

            assertThat(limit.remembered()).isEqualTo(2);
            assertThat(passes("ann", 1)).isZero();
        }
    }

    @Nested
    @DisplayName("on requests at once")
    class AtOnce {

        @Test
        @DisplayName("refuse one more at once, not health, and make room again")
        void busy() throws Exception {
            CountDownLatch running = new CountDownLatch(1);
            CountDownLatch go = new CountDownLatch(1);
            TestStore store = new TestStore();
            HttpPorts ports = store.ports();
            HttpPorts slow = new HttpPorts(
                    command -> {
                        running.countDown();
                        await(go);
                        return ports.saveMessage().saveMessages(command);
                    },
                    ports.getConversation(),
                    ports.clearConversation(),
                    ports.listConversations(),
                    ports.checkReadiness());
            HttpSettings settings = Client.SETTINGS.withLimits(HttpLimits.DEFAULT.withConcurrentRequests(1));
            try (Client client = Client.of(HttpServer.start(settings, slow))) {
                var save = new FutureTask<>(() -> client.post(MESSAGES, "{\"role\":\"user\",\"content\":\"Alex\"}"));
                Thread.ofVirtual().start(save);
                await(running);
                var refused = client.get(MESSAGES);
                int health = client.get("/health/ready").statusCode();
                go.countDown();

                assertThat(save.get(20, TimeUnit.SECONDS).statusCode()).isEqualTo(201);
                assertProblem(refused, 503, "too-busy");
                assertThat(header(refused, "Retry-After")).isEqualTo("1");
                assertThat(health).isEqualTo(200);
                assertThat(client.get(MESSAGES).statusCode()).isEqualTo(200);
            }
        }

        @Test
        @DisplayName("make room again also after an error, as for lack of memory")
        void roomAfterAnError() {
            BusyFilter one = new BusyFilter(1);
            assertThatThrownBy(() -> one.filter(from("ann"), request -> {
                        throw new OutOfMemoryError("of the test");
                    }))
                    .isInstanceOf(OutOfMemoryError.class);

            assertThat(one.filter(from("ann"), LimitsTest::answer).status()).isEqualTo(204);
        }
    }

    @Test
    @DisplayName("out of range are refused")
    void ranges() {
        HttpLimits limits = HttpLimits.DEFAULT;

        assertThatThrownBy(() -> limits.withRequestsPerSecond(-1)).isInstanceOf(InvalidValue.class);
        assertThatThrownBy(() -> limits.withConcurrentRequests(0)).isInstanceOf(InvalidValue.class);
        assertThatThrownBy(() -> limits.withConnections(0)).isInstanceOf(InvalidValue.class);
        assertThatThrownBy(() -> limits.withRequestTimeout(Duration.ZERO)).isInstanceOf(InvalidValue.class);
    }

    private void pass(Duration time) {
        nanos.addAndGet(time.toNanos());
    }

    private static Response answer(Request request) {
        return Response.empty(204);
    }

    private static Request from(String caller) {
        RequestBody nothing = new RequestBody() {
            @Override
            public boolean isPresent() {
                return false;
            }

            @Override
            public byte[] read() {
                return new byte[0];
            }
        };
        return new Request("GET", name -> null, nothing).by(caller);
    }

    private static void await(CountDownLatch latch) {
        try {
            if (!latch.await(30, TimeUnit.SECONDS)) {
                throw new IllegalStateException("waited in vain");
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IllegalStateException(e);
        }
    }
}
