package dev.colloquy.bootstrap.faults;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.colloquy.adapter.redis.testing.RawRedis;
import dev.colloquy.adapter.redis.testing.RedisServer;
import dev.colloquy.domain.conversation.Receipt;
import dev.colloquy.domain.conversation.Role;
import dev.colloquy.domain.error.StoreAccessRefused;
import dev.colloquy.domain.error.StoreLimitReached;
import java.util.Map;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;

@DisplayName("While Redis answers, but refuses")
class RefusalTest {

    @Test
    @DisplayName("OOM under noeviction: a save is refused with the reason and not stored; reads stay live")
    void memoryFull() {
        try (Scene scene = Scene.openPatiently()) {
            scene.save(3);
            scene.redis().call("CONFIG", "SET", "maxmemory", "1");
            assertThatThrownBy(() -> scene.agent().saveMessage(Scene.ANN, Role.USER, "refused"))
                    .isInstanceOf(StoreLimitReached.class)
                    .hasMessageContaining("memory");
            scene.expectAllOnceInOrder();
            scene.redis().call("CONFIG", "SET", "maxmemory", "0");
            scene.save(3);
            scene.expectAllOnceInOrder();
        }
    }

    @Test
    @DisplayName("OOM during the replay: what was accepted waits until there is room")
    void memoryFullDuringReplay() {
        try (Scene scene = Scene.openPatiently()) {
            scene.save(3);
            scene.proxy().refuse();
            scene.proxy().reset();
            scene.save(10);
            scene.redis().call("CONFIG", "SET", "maxmemory", "1");
            scene.proxy().heal();
            scene.save(2);
            scene.redis().call("CONFIG", "SET", "maxmemory", "0");
            scene.expectAllOnceInOrder();
        }
    }

    @Test
    @DisplayName("maxclients reached: messages are accepted and stored when there is room for a connection")
    void tooManyClients() {
        try (Scene scene = Scene.open();
                RawRedis operator = scene.redis().connect()) {
            scene.save(3);
            operator.call("CONFIG", "SET", "maxclients", "1");
            scene.proxy().reset();
            assertThat(scene.save(10)).allMatch(Receipt.Accepted.class::isInstance);
            operator.call("CONFIG", "SET", "maxclients", "10000");
            scene.expectAllOnceInOrder();
        }
    }

    @Test
    @DisplayName(
            "password changed: a save is refused, or accepted if its first attempt had no answer; then all goes on")
    void passwordChanged() {
        try (Scene scene = Scene.openPatiently();
                RawRedis operator = scene.redis().connect()) {
            scene.save(3);
            operator.call("CONFIG", "SET", "requirepass", "another");
            scene.proxy().reset();
            try {
                assertThat(scene.save()).isInstanceOf(Receipt.Accepted.class);
            } catch (StoreAccessRefused refused) {
                assertThat(refused).hasMessageContaining("password").hasMessageNotContaining("another");
            }
            operator.call("CONFIG", "SET", "requirepass", "");
            scene.expectAllOnceInOrder();
            scene.save(3);
            scene.expectAllOnceInOrder();
        }
    }

    @Test
    @DisplayName(
            "password changed in an outage: who has nothing waiting is refused; what was accepted follows in the end")
    void passwordChangedInAnOutage() {
        try (Scene scene = Scene.openPatiently();
                RawRedis operator = scene.redis().connect()) {
            scene.save(3);
            scene.proxy().refuse();
            scene.proxy().reset();
            scene.save(5);
            operator.call("CONFIG", "SET", "requirepass", "another");
            scene.proxy().heal();
            scene.awaitAccessRefused();
            operator.call("CONFIG", "SET", "requirepass", "");
            scene.expectAllOnceInOrder();
        }
    }

    @Test
    @DisplayName("permission withdrawn for one agent's keys in an outage: what waits of others follows, the rest later")
    void permissionLacksForOneAgent() {
        try (Scene scene = Scene.openPatiently()) {
            scene.save(3);
            scene.proxy().refuse();
            scene.proxy().reset();
            scene.save(5);
            scene.agent("other").saveMessage(Scene.ANN, Role.USER, "accepted later");
            scene.redis().call("ACL", "SETUSER", "default", "resetkeys", "~other:*");
            scene.proxy().heal();
            assertThat(Scene.awaitLive(scene.agent("other")).messages()).hasSize(1);
            assertThat(scene.save()).isInstanceOf(Receipt.Accepted.class);
            scene.redis().call("ACL", "SETUSER", "default", "allkeys");
            scene.expectAllOnceInOrder();
        }
    }

    @Test
    @DisplayName("READONLY replica: messages are accepted and stored when it is a master again")
    void readOnlyReplica() {
        try (Scene scene = Scene.open()) {
            scene.save(3);
            scene.redis().call("REPLICAOF", "127.0.0.1", "1");
            assertThat(scene.save(10)).allMatch(Receipt.Accepted.class::isInstance);
            scene.redis().call("REPLICAOF", "NO", "ONE");
            scene.expectAllOnceInOrder();
        }
    }

    @Test
    @DisplayName("SCRIPT FLUSH: the caller sees nothing of it")
    void scriptFlush() {
        try (Scene scene = Scene.openPatiently()) {
            for (int i = 0; i < 10; i++) {
                assertThat(scene.save()).isInstanceOf(Receipt.Stored.class);
                scene.redis().call("SCRIPT", "FLUSH");
            }
            scene.expectAllOnceInOrder();
        }
    }

    @Test
    @DisplayName("BUSY with a script of somebody else: messages are accepted and stored when it has ended")
    void busyWithAScript() {
        try (Scene scene = Scene.open(RedisServer.builder().persistent().set("lua-time-limit", "100"), Map.of())) {
            scene.save(3);
            Thread.ofPlatform().start(() -> {
                try {
                    scene.redis().call("EVAL", "while true do end", "0");
                } catch (RawRedis.Refused killed) {
                    // SCRIPT KILL ends it with an error, as it should.
                }
            });
            scene.awaitRefusal("BUSY");
            assertThat(scene.save(5)).allMatch(Receipt.Accepted.class::isInstance);
            scene.redis().call("SCRIPT", "KILL");
            scene.expectAllOnceInOrder();
        }
    }
}
