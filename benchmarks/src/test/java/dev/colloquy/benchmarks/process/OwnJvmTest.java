package dev.colloquy.benchmarks.process;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.colloquy.adapter.redis.testing.RedisServer;
import dev.colloquy.benchmarks.contestant.Lineup;
import dev.colloquy.benchmarks.load.Callers.Threads;
import dev.colloquy.benchmarks.measure.Metric;
import dev.colloquy.benchmarks.measure.Sample;
import dev.colloquy.benchmarks.workload.Load;
import dev.colloquy.benchmarks.workload.Round;
import dev.colloquy.benchmarks.workload.Round.Work;
import dev.colloquy.benchmarks.workload.Scene;
import java.io.IOException;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;

@DisplayName("A contestant in a JVM of its own")
class OwnJvmTest {

    private static RedisServer server;

    @BeforeAll
    static void start() {
        server = RedisServer.start();
    }

    @AfterAll
    static void stop() {
        server.close();
    }

    @Test
    @DisplayName("plays one round after the other, and says what each gave")
    void rounds() throws Exception {
        try (OwnJvm jvm = OwnJvm.of(Lineup.JEDIS, server.port())) {
            for (Threads threads : Threads.values()) {
                Sample sample = jvm.play(append(server.port(), threads));

                assertThat(sample.value(Metric.THROUGHPUT)).isPositive();
                assertThat(sample.values())
                        .containsOnlyKeys(
                                Metric.THROUGHPUT,
                                Metric.P50,
                                Metric.P99,
                                Metric.P999,
                                Metric.ALLOCATED,
                                Metric.COMPILING);
            }
            // Ten conversations, and the one they are copies of.
            assertThat(server.call("DBSIZE")).isEqualTo(11L);
            assertThat(jvm.title()).isEqualTo(Lineup.JEDIS.title());
        }
    }

    @Test
    @DisplayName("says why a round failed, and plays the next one, where its Redis may be another")
    void failure() throws Exception {
        try (RedisServer another = RedisServer.start();
                OwnJvm jvm = OwnJvm.of(Lineup.JEDIS, server.port())) {
            another.kill();
            assertThatThrownBy(() -> jvm.play(append(another.port(), Threads.PLATFORM)))
                    .isInstanceOf(IOException.class)
                    .hasMessageContaining("Failed to connect");

            assertThat(jvm.play(append(server.port(), Threads.PLATFORM)).value(Metric.THROUGHPUT))
                    .isPositive();
        }
    }

    @Test
    @DisplayName("fails when its JVM has ended")
    void ended() throws Exception {
        OwnJvm jvm = OwnJvm.of(Lineup.JEDIS, server.port());
        jvm.close();
        assertThatThrownBy(() -> jvm.play(append(server.port(), Threads.PLATFORM)))
                .isInstanceOf(IOException.class);
    }

    private static Round append(int port, Threads threads) {
        // Long enough for one message, also on a machine that pauses.
        return new Round(Work.APPEND, port, new Scene(10, 5, 100), new Load(2, threads, 0, 0, 200));
    }
}
