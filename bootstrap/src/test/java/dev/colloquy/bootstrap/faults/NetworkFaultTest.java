package dev.colloquy.bootstrap.faults;

import static org.assertj.core.api.Assertions.assertThat;

import dev.colloquy.adapter.redis.testing.Fault;
import dev.colloquy.domain.conversation.Receipt;
import java.time.Duration;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

@DisplayName("While the way to Redis is bad")
class NetworkFaultTest {

    @ParameterizedTest(name = "replies {0} ms late")
    @ValueSource(ints = {250, 300, 350})
    @DisplayName("slow replies around the timeout of an attempt: whatever the caller sees, nothing is doubled")
    void slowReplies(int millis) {
        try (Scene scene = Scene.open()) {
            scene.save(3);
            scene.proxy().delayReplies(Duration.ofMillis(millis));
            scene.save(4);
            scene.proxy().heal();
            scene.save(3);
            scene.expectAllOnceInOrder();
        }
    }

    @Test
    @DisplayName("slow requests, longer than the deadline: messages are accepted")
    void slowRequests() {
        try (Scene scene = Scene.open()) {
            scene.save(3);
            scene.proxy().delayRequests(Duration.ofMillis(1200));
            assertThat(scene.save(5)).allMatch(Receipt.Accepted.class::isInstance);
            scene.proxy().heal();
            scene.expectAllOnceInOrder();
        }
    }

    @ParameterizedTest(name = "after {0} bytes")
    @ValueSource(ints = {0, 1, 20, 100})
    @DisplayName("reset before or within the request: nothing is lost or doubled")
    void resetInTheRequest(int bytes) {
        try (Scene scene = Scene.open()) {
            scene.save(3);
            Fault cut = scene.proxy().cutNextRequest(Scene.ANN, bytes);
            scene.save(3);
            scene.expectAllOnceInOrder();
            assertThat(hasStruck(cut)).isTrue();
        }
    }

    @ParameterizedTest(name = "after {0} bytes")
    @ValueSource(ints = {0, 1, 5})
    @DisplayName("reset before or within the reply: what was stored already is not stored again")
    void resetInTheReply(int bytes) {
        try (Scene scene = Scene.open()) {
            scene.save(3);
            Fault cut = scene.proxy().cutNextReply(Scene.ANN, bytes);
            scene.save(3);
            scene.expectAllOnceInOrder();
            assertThat(hasStruck(cut)).isTrue();
        }
    }

    @Test
    @DisplayName("reset after the reply: the next message finds another connection")
    void resetBetweenMessages() {
        try (Scene scene = Scene.open()) {
            for (int i = 0; i < 5; i++) {
                scene.save();
                scene.proxy().reset();
            }
            scene.expectAllOnceInOrder();
        }
    }

    @Test
    @DisplayName("a reply that never comes: the repetition finds the message and does not double it")
    void lostReply() {
        try (Scene scene = Scene.open()) {
            scene.save(3);
            Fault lost = scene.proxy().swallowNextReply(Scene.ANN);
            scene.save(3);
            scene.expectAllOnceInOrder();
            assertThat(hasStruck(lost)).isTrue();
        }
    }

    @Test
    @DisplayName("a black hole: messages are accepted although no connection is ever closed")
    void blackHole() {
        try (Scene scene = Scene.open()) {
            scene.save(3);
            scene.proxy().blackHole();
            assertThat(scene.save(10)).allMatch(Receipt.Accepted.class::isInstance);
            scene.proxy().heal();
            scene.expectAllOnceInOrder();
        }
    }

    @Test
    @DisplayName("a zombie write that arrives after its repetition: it is recognised")
    void zombieWrite() {
        try (Scene scene = Scene.open()) {
            scene.save(3);
            Fault held = scene.proxy().holdNextRequest(Scene.ANN);
            scene.save(3);
            scene.awaitLive();
            assertThat(hasStruck(held)).isTrue();
            scene.save(3);
            held.release();
            scene.save(1);
            scene.expectAllOnceInOrder();
        }
    }

    @Test
    @DisplayName("a zombie clear that arrives behind newer messages: it removes none of them")
    void zombieClear() {
        try (Scene scene = Scene.open()) {
            scene.save(3);
            // The request that removes names the third message as the end.
            Fault held = scene.proxy().holdNextRequest(" 3:");
            scene.agent().clearConversation(Scene.ANN);
            scene.forget();
            scene.awaitLive();
            assertThat(hasStruck(held)).isTrue();
            scene.save(4);
            held.release();
            scene.save(1);
            scene.expectAllOnceInOrder();
        }
    }

    @Test
    @DisplayName("connections refused: messages are accepted")
    void refused() {
        try (Scene scene = Scene.open()) {
            scene.save(3);
            scene.proxy().refuse();
            scene.proxy().reset();
            assertThat(scene.save(10)).allMatch(Receipt.Accepted.class::isInstance);
            scene.proxy().heal();
            scene.expectAllOnceInOrder();
        }
    }

    private static boolean hasStruck(Fault fault) {
        try {
            return fault.awaitStruck(Duration.ZERO);
        } catch (InterruptedException ended) {
            Thread.currentThread().interrupt();
            return false;
        }
    }
}
