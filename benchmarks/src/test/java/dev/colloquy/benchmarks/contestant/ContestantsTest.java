package dev.colloquy.benchmarks.contestant;

import static org.assertj.core.api.Assertions.assertThat;

import dev.colloquy.adapter.redis.testing.RedisServer;
import dev.colloquy.benchmarks.measure.Metric;
import dev.colloquy.benchmarks.measure.Results;
import dev.colloquy.benchmarks.measure.Runner;
import dev.colloquy.benchmarks.measure.Sample;
import dev.colloquy.benchmarks.server.RedisControl;
import dev.colloquy.benchmarks.workload.Player;
import dev.colloquy.benchmarks.workload.Round;
import dev.colloquy.benchmarks.workload.ServerWorkloads;
import dev.colloquy.benchmarks.workload.Settings;
import dev.colloquy.benchmarks.workload.Stage;
import dev.colloquy.benchmarks.workload.StoreWorkloads;
import dev.colloquy.benchmarks.workload.Workload;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

@DisplayName("Every contestant")
class ContestantsTest {

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
    @EnumSource
    @DisplayName("really stores what it is given and reads it back")
    void storesAndReads(Lineup lineup) {
        try (Contestant contestant = lineup.on(server.port())) {
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
    @EnumSource
    @DisplayName("starts each round with the conversations it should have")
    void stage(Lineup lineup) {
        try (Contestant contestant = lineup.on(server.port())) {
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
    @EnumSource
    @DisplayName("gets through the workloads without an error")
    void workloads(Lineup lineup) throws Exception {
        try (Contestant contestant = lineup.on(server.port())) {
            Results results = new Results();
            Runner runner = new Runner(1, results, line -> {});
            List<Player> here = List.of(new Here(lineup, contestant, new Stage(redis)));
            // Long enough for one message, also on a machine that pauses.
            Settings longer = Settings.TINY.withTime(Duration.ofMillis(200));
            new StoreWorkloads(runner, longer, server.port()).append(2, here);
            StoreWorkloads workloads = new StoreWorkloads(runner, Settings.TINY, server.port());
            workloads.read(2, here);
            workloads.chat(2, 100, here);
            new ServerWorkloads(runner, Settings.TINY, server.port()).wire(here);

            assertThat(results.failures()).isEmpty();
            assertThat(results.of(Workload.read(2))).hasSize(1);
            assertThat(results.of(Workload.append(2, 100)).getFirst().median(Metric.THROUGHPUT))
                    .isPositive();
            assertThat(results.of(Workload.WIRE).getFirst().median(Metric.COMMANDS) >= 1)
                    .isEqualTo(contestant.keepsItInRedis());
        }
    }

    private record Here(Lineup lineup, Contestant contestant, Stage stage) implements Player {
        @Override
        public String title() {
            return lineup.title();
        }

        @Override
        public Sample play(Round round) throws Exception {
            return round.play(contestant, stage);
        }
    }
}
