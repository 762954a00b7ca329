package dev.colloquy.bootstrap.faults;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.colloquy.adapter.redis.testing.RedisServer;
import dev.colloquy.domain.conversation.ClearReceipt;
import dev.colloquy.domain.conversation.ConversationView;
import dev.colloquy.domain.conversation.ExpectedPosition;
import dev.colloquy.domain.conversation.Receipt;
import dev.colloquy.domain.conversation.Role;
import dev.colloquy.domain.error.OutboxFull;
import dev.colloquy.domain.error.StoreUnavailable;
import dev.colloquy.domain.port.in.NewMessage;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;

@DisplayName("While the Redis process is away")
class RedisOutageTest {

    @Test
    @DisplayName("killed and restarted with its data: messages are accepted and follow those that were stored")
    void killedAndRestartedWithData() {
        try (Scene scene = Scene.open()) {
            assertThat(scene.save(20)).allMatch(Receipt.Stored.class::isInstance);
            scene.redis().kill();
            assertThat(scene.save(20)).allMatch(Receipt.Accepted.class::isInstance);
            scene.redis().restart();
            scene.expectAllOnceInOrder();
            assertThat(scene.save()).isInstanceOf(Receipt.Stored.class);
            scene.expectAllOnceInOrder();
        }
    }

    @Test
    @DisplayName("killed and restarted without its data: what was accepted meanwhile is stored from 1 on")
    void killedAndRestartedWithoutData() {
        try (Scene scene = Scene.open(RedisServer.builder(), Map.of())) {
            scene.save(20);
            scene.redis().kill();
            scene.forget();
            assertThat(scene.save(20)).allMatch(Receipt.Accepted.class::isInstance);
            scene.redis().restart();
            scene.expectAllOnceInOrder();
        }
    }

    @Test
    @DisplayName("stopped for longer than the deadline: messages are accepted, and what was on its way is not doubled")
    void stoppedLongerThanTheDeadline() {
        try (Scene scene = Scene.open()) {
            scene.save(5);
            scene.redis().pause();
            assertThat(scene.save(20)).allMatch(Receipt.Accepted.class::isInstance);
            scene.redis().resume();
            scene.expectAllOnceInOrder();
        }
    }

    @Test
    @DisplayName("down at the start: the service starts, accepts, and connects when Redis comes")
    void downAtTheStart() {
        try (Scene scene = Scene.openWithRedisDown()) {
            assertThat(scene.save(5)).allMatch(Receipt.Accepted.class::isInstance);
            scene.redis().restart();
            scene.expectAllOnceInOrder();
        }
    }

    @Test
    @DisplayName("loading its data: messages are accepted until it has finished")
    void loading() {
        RedisServer.Builder slow = RedisServer.builder()
                .persistent()
                .set("key-load-delay", "20000")
                .set("loading-process-events-interval-bytes", "1024");
        try (Scene scene = Scene.open(slow, Map.of())) {
            scene.save(5);
            for (int i = 0; i < 150; i++) {
                scene.redis().call("SET", "filler" + i, ".".repeat(1024));
            }
            scene.redis().call("BGREWRITEAOF");
            scene.awaitRewritten();
            scene.redis().startWithoutWaiting();
            scene.awaitRefusal("LOADING");
            assertThat(scene.save(5)).allMatch(Receipt.Accepted.class::isInstance);
            scene.expectAllOnceInOrder();
        }
    }

    @Test
    @DisplayName("reads show what the process knows, marked as degraded, and what waits")
    void degradedReads() {
        try (Scene scene = Scene.open()) {
            scene.save(3);
            scene.redis().kill();
            scene.save(2);
            ConversationView view = scene.read();
            assertThat(view.state()).isEqualTo(ConversationView.State.DEGRADED);
            assertThat(view.messages()).hasSize(3);
            assertThat(view.pending()).hasSize(2);
            scene.redis().restart();
            scene.expectAllOnceInOrder();
        }
    }

    @Test
    @DisplayName("a clear is accepted and takes its place between the messages around it")
    void clearInAnOutage() {
        try (Scene scene = Scene.open()) {
            scene.save(3);
            scene.redis().kill();
            scene.save(2);
            assertThat(scene.agent().clearConversation(Scene.ANN)).isEqualTo(ClearReceipt.ACCEPTED);
            scene.forget();
            scene.save(4);
            assertThat(scene.read().messages()).isEmpty();
            scene.redis().restart();
            scene.expectAllOnceInOrder();
        }
    }

    @Test
    @DisplayName("a conditional append is refused, because nobody can decide it")
    void conditionalAppend() {
        try (Scene scene = Scene.open()) {
            scene.save(1);
            scene.redis().kill();
            scene.save(1);
            List<NewMessage> message = List.of(NewMessage.of(Role.USER, "perhaps"));
            assertThatThrownBy(() -> scene.agent().saveMessages(Scene.ANN, message, ExpectedPosition.empty()))
                    .isInstanceOf(StoreUnavailable.class);
            scene.redis().restart();
            scene.expectAllOnceInOrder();
        }
    }

    @Test
    @DisplayName("a full outbox refuses, and stores exactly what it had accepted")
    void fullOutbox() {
        try (Scene scene =
                Scene.open(RedisServer.builder().persistent(), Map.of("COLLOQUY_OUTBOX_MAX_MESSAGES", "10"))) {
            scene.redis().kill();
            scene.save(10);
            assertThatThrownBy(() -> scene.agent().saveMessage(Scene.ANN, Role.USER, "one too many"))
                    .isInstanceOf(OutboxFull.class);
            scene.redis().restart();
            scene.expectAllOnceInOrder();
        }
    }
}
