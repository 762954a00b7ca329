package dev.colloquy.adapter.redis.testing;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatCode;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

@DisplayName("The Redis fixture")
class RedisFixtureTest {

    private static final Duration SOON = Duration.ofSeconds(10);

    @Nested
    @DisplayName("A server")
    class Server {

        @Test
        @DisplayName("comes back on the same port, with its data if it is persistent")
        void restarts() {
            try (RedisServer redis = RedisServer.builder().persistent().start()) {
                redis.call("SET", "name", "Alex");
                redis.kill();
                assertThatThrownBy(redis::connect).isInstanceOf(UncheckedIOException.class);
                redis.restart();
                assertThat(redis.call("GET", "name")).isEqualTo("Alex");
            }
        }

        @Test
        @DisplayName("may be closed twice")
        void closedTwice() {
            RedisServer redis = RedisServer.start();
            redis.close();
            assertThatCode(redis::close).doesNotThrowAnyException();
        }

        @Test
        @DisplayName("speaks TLS and lets a user do only what the rules say")
        void tlsAndUsers() {
            try (RedisServer redis = RedisServer.builder()
                    .tls()
                    .password("admin")
                    .user("agent", "secret", "~* +get")
                    .start()) {
                try (RawRedis connection = redis.connect()) {
                    connection.call("SET", "name", "Alex");
                    connection.call("AUTH", "agent", "secret");
                    assertThat(connection.text("GET", "name")).isEqualTo("Alex");
                    assertThatThrownBy(() -> connection.call("DEL", "name"))
                            .isInstanceOf(RawRedis.Refused.class)
                            .hasMessageStartingWith("NOPERM");
                }
            }
        }
    }

    @Test
    @DisplayName("runs another server if its binary is named")
    void otherServer(@TempDir Path directory) throws Exception {
        Path server = directory.resolve("other-server");
        Files.writeString(server, "#!/bin/sh\necho started with $1\n");
        assertThat(server.toFile().setExecutable(true)).isTrue();
        ProcessMachine machine = ProcessMachine.of(server);

        machine.start(directory.toString(), List.of("--port=7"));

        assertThat(Poll.until(() -> log(machine, directory).equals("started with --port=7\n")))
                .isTrue();
        assertThat(machine.description()).contains(server.toString());
    }

    private static String log(RedisMachine machine, Path directory) {
        try {
            return machine.log(directory.toString());
        } catch (IOException failed) {
            throw new UncheckedIOException(failed);
        }
    }

    @Nested
    @DisplayName("The proxy")
    class Proxy {

        @Test
        @DisplayName("delivers a held request after its client has gone")
        void holdsRequest() throws InterruptedException {
            try (RedisServer redis = RedisServer.start();
                    FaultyProxy proxy = FaultyProxy.before(redis.port())) {
                Fault fault = proxy.holdNextRequest("zombie");
                Thread sender = Thread.ofVirtual().start(() -> {
                    try (RawRedis client = RawRedis.connect(proxy.port())) {
                        client.call("LPUSH", "zombie", "x");
                    } catch (UncheckedIOException reset) {
                        // Whether the client still sees the answer does not matter here.
                    }
                });
                assertThat(fault.awaitStruck(SOON)).isTrue();
                assertThat(redis.call("LLEN", "zombie")).isEqualTo(0L);
                fault.release();
                sender.join();
                assertThat(Poll.until(() -> Long.valueOf(1).equals(redis.call("LLEN", "zombie"))))
                        .isTrue();
            }
        }

        @Test
        @DisplayName("cuts a reply after some bytes, and what was asked is done all the same")
        void cutsReply() {
            try (RedisServer redis = RedisServer.start();
                    FaultyProxy proxy = FaultyProxy.before(redis.port());
                    RawRedis client = RawRedis.connect(proxy.port())) {
                proxy.cutNextReply("counter", 1);
                assertThatThrownBy(() -> client.call("INCR", "counter")).isInstanceOf(UncheckedIOException.class);
                assertThat(redis.call("GET", "counter")).isEqualTo("1");
            }
        }
    }

    @Test
    @DisplayName("A cluster of six nodes serves all slots")
    void cluster() {
        RedisCluster cluster = RedisCluster.shared();
        RedisServer master = cluster.masterOf("some key");
        assertThat(master.call("SET", "some key", "value")).isEqualTo("OK");
        cluster.flush();
    }

    @Test
    @DisplayName("Sentinels replace a dead master")
    void sentinels() {
        try (RedisSentinels group = RedisSentinels.start()) {
            RedisServer old = group.failOver();
            assertThat(group.master().port()).isNotEqualTo(old.port());
            assertThat(group.master().call("SET", "name", "Alex")).isEqualTo("OK");
        }
    }
}
