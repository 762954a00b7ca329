package dev.colloquy.benchmarks.contestant;

import static org.assertj.core.api.Assertions.assertThat;

import dev.colloquy.adapter.redis.testing.RedisServer;
import dev.colloquy.benchmarks.measure.Metric;
import dev.colloquy.benchmarks.measure.Results;
import dev.colloquy.benchmarks.measure.Runner;
import dev.colloquy.benchmarks.server.RedisControl;
import dev.colloquy.benchmarks.workload.ServerWorkloads;
import dev.colloquy.benchmarks.workload.Settings;
import dev.colloquy.benchmarks.workload.Stage;
import dev.colloquy.benchmarks.workload.StoreWorkloads;
import dev.colloquy.benchmarks.workload.Workload;
import java.time.Duration;
import java.util.List;
import java.util.function.IntFunction;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.FieldSource;

@DisplayName("Every contestant")
class ContestantsTest {

    /** A contestant on the Redis at a port, under the name of its class. */
    record Kind(String name, IntFunction<Contestant> on) {
        @Override
        public String toString() {
            return name;
        }
    }

    static final List<Kind> KINDS = List.of(
            new Kind("Colloquy on Redis", ColloquyAgent::on),
            new Kind("Colloquy on Redis with ids", ColloquyAgent::withIds),
            new Kind("Colloquy in memory", port -> ColloquyAgent.inMemory()),
            new Kind("Jedis", JedisRewrite::on),
            new Kind("Jedis with a large pool", port -> JedisRewrite.withPool(port, 16)),
            new Kind("LangChain4j", LangChain4jWindow::on),
            new Kind("Redisson batch", RedissonBatch::on),
            new Kind("Spring AI", port -> SpringAiWindow.inMemory()),
            new Kind("Lettuce", LettuceScript::on),
            new Kind("Redisson script", RedissonScript::on));

    private static RedisServer server;
    private static RedisControl redis;

    @BeforeAll
    static void start() {
        server = RedisServer.start();
        redis = new RedisControl(server.port());
    }

    @AfterAll
    static void stop() {
        redis.close();
        server.close();
    }

    @ParameterizedTest
    @FieldSource("KINDS")
    @DisplayName("really stores what it is given and reads it back")
    void storesAndReads(Kind kind) {
        try (Contestant contestant = kind.on().apply(server.port())) {
            new Stage(redis).clear(contestant);
            long commands = redis.number("stats", "total_commands_processed");

            contestant.append("ann", Said.question(100));
            contestant.appendTurn("ann", Said.question(10), Said.answer(10));
            contestant.append("bob", Said.question(100));

            assertThat(contestant.readLast("ann", 20)).isEqualTo(3);
            assertThat(contestant.readLast("ann", 2)).isEqualTo(2);
            assertThat(contestant.readLast("bob", 20)).isEqualTo(1);
            assertThat(redis.number("stats", "total_commands_processed") - commands > 5)
                    .isEqualTo(contestant.keepsItInRedis());
        }
    }

    @ParameterizedTest
    @FieldSource("KINDS")
    @DisplayName("starts each round with the conversations it should have")
    void stage(Kind kind) {
        try (Contestant contestant = kind.on().apply(server.port())) {
            Stage stage = new Stage(redis);
            stage.set(contestant, 3, Said.conversation(20, 100));
            contestant.append(stage.user(1), Said.question(100));
            stage.set(contestant, 2, Said.conversation(5, 100));

            assertThat(contestant.readLast(stage.user(0), 20)).isEqualTo(5);
            assertThat(contestant.readLast(stage.user(1), 20)).isEqualTo(5);
            assertThat(contestant.readLast(stage.user(2), 20)).isZero();
        }
    }

    @ParameterizedTest
    @FieldSource("KINDS")
    @DisplayName("gets through the workloads without an error")
    void workloads(Kind kind) throws Exception {
        try (Contestant contestant = kind.on().apply(server.port())) {
            Results results = new Results();
            Runner runner = new Runner(1, results, line -> {});
            Stage stage = new Stage(redis);
            // Long enough for one message, also on a machine that pauses.
            Settings longer = Settings.TINY.withTime(Duration.ofMillis(200));
            new StoreWorkloads(runner, longer, stage).append(2, List.of(contestant));
            StoreWorkloads workloads = new StoreWorkloads(runner, Settings.TINY, stage);
            workloads.read(2, List.of(contestant));
            workloads.chat(2, 100, List.of(contestant));
            new ServerWorkloads(runner, redis).wire(List.of(contestant));

            assertThat(results.failures()).isEmpty();
            assertThat(results.of(Workload.read(2))).hasSize(1);
            assertThat(results.of(Workload.append(2, 100)).getFirst().median(Metric.THROUGHPUT))
                    .isPositive();
            assertThat(results.of(Workload.WIRE)).hasSize(contestant.keepsItInRedis() ? 1 : 0);
        }
    }
}
