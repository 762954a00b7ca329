package dev.colloquy.adapter.http;

import static dev.colloquy.adapter.http.Answers.json;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.colloquy.domain.port.in.Readiness;
import java.time.Duration;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;

@DisplayName("Readiness")
class ReadinessTest {

    private static final Readiness READY = new Readiness(Readiness.State.READY, "fine");

    private final CountDownLatch answer = new CountDownLatch(1);
    private final AtomicInteger asked = new AtomicInteger();

    @Test
    @DisplayName("is denied in time while the store hangs, which is asked only once, and given when it answers")
    void hanging() {
        BoundedReadiness bounded = new BoundedReadiness(this::hang, Duration.ofMillis(20));

        for (int i = 0; i < 3; i++) {
            assertThat(bounded.checkReadiness().state()).isEqualTo(Readiness.State.UNAVAILABLE);
        }
        assertThat(asked).hasValue(1);
        answer.countDown();
        while (bounded.checkReadiness().state() != Readiness.State.READY) {
            Thread.onSpinWait();
        }
        while (asked.get() < 2) {
            assertThat(bounded.checkReadiness()).isEqualTo(READY);
        }
    }

    @Test
    @DisplayName("is 503 over HTTP while the store hangs, with the time it had")
    void overHttp() throws Exception {
        HttpPorts ports = new TestStore().ports();
        HttpPorts hanging = new HttpPorts(
                ports.saveMessage(),
                ports.getConversation(),
                ports.clearConversation(),
                ports.listConversations(),
                this::hang);
        try (Client client = Client.ofNewServer(hanging)) {
            var response = client.get("/health/ready");

            assertThat(response.statusCode()).isEqualTo(503);
            assertThat(json(response).get("detail").textValue()).contains("2000 ms");
            assertThat(client.get("/health/live").statusCode()).isEqualTo(200);
        } finally {
            answer.countDown();
        }
    }

    @Test
    @DisplayName("does not hide a defect of the check")
    void defect() {
        BoundedReadiness bounded = new BoundedReadiness(
                () -> {
                    throw new IllegalArgumentException("a defect");
                },
                Duration.ofSeconds(20));

        assertThatThrownBy(bounded::checkReadiness)
                .isInstanceOf(IllegalStateException.class)
                .hasRootCauseMessage("a defect");
    }

    @Test
    @DisplayName("does not wait for one that ends with an error")
    void error() {
        BoundedReadiness bounded = new BoundedReadiness(
                () -> {
                    throw new StackOverflowError("too deep");
                },
                Duration.ofSeconds(20));

        assertThatThrownBy(bounded::checkReadiness)
                .isInstanceOf(IllegalStateException.class)
                .hasRootCauseMessage("too deep");
    }

    private Readiness hang() {
        asked.incrementAndGet();
        try {
            return answer.await(30, TimeUnit.SECONDS) ? READY : new Readiness(Readiness.State.UNAVAILABLE, "in vain");
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IllegalStateException(e);
        }
    }
}
