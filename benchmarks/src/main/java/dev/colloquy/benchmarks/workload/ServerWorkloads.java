package dev.colloquy.benchmarks.workload;

import dev.colloquy.benchmarks.contestant.Contestant;
import dev.colloquy.benchmarks.contestant.Said;
import dev.colloquy.benchmarks.measure.Metric;
import dev.colloquy.benchmarks.measure.Runner;
import dev.colloquy.benchmarks.measure.Sample;
import dev.colloquy.benchmarks.measure.Trial;
import dev.colloquy.benchmarks.server.Programs;
import dev.colloquy.benchmarks.server.RedisControl;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/** What the Redis server itself can tell: traffic, memory, and how fast it is without us. */
public final class ServerWorkloads {

    private static final int CONVERSATIONS = 1000;
    private static final int LENGTH = 20;
    private static final int BYTES = 100;
    private static final int APPENDS = 1000;

    private final Runner runner;
    private final RedisControl redis;
    private final Stage stage;

    /**
     * @param runner takes the rounds
     * @param redis the server's control connection
     */
    public ServerWorkloads(Runner runner, RedisControl redis) {
        this.runner = runner;
        this.redis = redis;
        stage = new Stage(redis);
    }

    /** Commands and bytes for each append, counted by the server. */
    public void wire(List<Contestant> contestants) throws Exception {
        runner.runCold(
                Workload.WIRE,
                contestants.stream()
                        .filter(Contestant::keepsItInRedis)
                        .map(it -> new Trial(
                                it.name(),
                                () -> stage.set(it, CONVERSATIONS, Said.conversation(LENGTH, BYTES)),
                                () -> traffic(it)))
                        .toList());
    }

    /** What each message takes in the server, everything that belongs to its conversation included. */
    public void memory(List<Contestant> contestants) throws Exception {
        runner.runCold(
                Workload.REDIS_MEMORY,
                contestants.stream()
                        .filter(Contestant::keepsItInRedis)
                        .map(it -> new Trial(it.name(), () -> stage.clear(it), () -> memory(it)))
                        .toList());
    }

    /** What redis-benchmark, a client in C without any protocol work to speak of, gets out of the same server. */
    public void limits(Path redisBenchmark, int port, int requests) throws Exception {
        List<Trial> trials = new ArrayList<>();
        for (int pipeline : List.of(1, 16)) {
            trials.add(new Trial(
                    pipeline == 1 ? "redis-benchmark" : "redis-benchmark, pipelines of " + pipeline,
                    redis::empty,
                    () -> limit(redisBenchmark, port, requests, pipeline)));
        }
        runner.runCold(Workload.LIMITS, trials);
    }

    private Sample traffic(Contestant contestant) {
        Said said = Said.question(BYTES);
        contestant.append(stage.user(0), said);
        Map<String, String> before = redis.info("stats");
        Map<String, String> idle = redis.info("stats");
        for (int i = 0; i < APPENDS; i++) {
            contestant.append(stage.user(i % CONVERSATIONS), said);
        }
        Map<String, String> after = redis.info("stats");
        // The question itself costs a little; the second one shows how much.
        return new Sample(Map.of(
                Metric.COMMANDS, each("total_commands_processed", before, idle, after),
                Metric.BYTES_IN, each("total_net_input_bytes", before, idle, after),
                Metric.BYTES_OUT, each("total_net_output_bytes", before, idle, after)));
    }

    private static double each(
            String field, Map<String, String> before, Map<String, String> idle, Map<String, String> after) {
        double own = number(idle, field) - number(before, field);
        return (number(after, field) - number(idle, field) - own) / APPENDS;
    }

    private static double number(Map<String, String> info, String field) {
        return Double.parseDouble(info.getOrDefault(field, "0"));
    }

    private Sample memory(Contestant contestant) {
        contestant.seed("warm-up", Said.conversation(1, BYTES));
        long before = redis.number("memory", "used_memory");
        for (int user = 0; user < CONVERSATIONS; user++) {
            contestant.seed(stage.user(user), Said.conversation(LENGTH, BYTES));
        }
        long after = redis.number("memory", "used_memory");
        return Sample.of(Metric.MEMORY, (double) (after - before) / CONVERSATIONS / LENGTH);
    }

    private static Sample limit(Path program, int port, int requests, int pipeline) throws Exception {
        String output = Programs.output(
                Duration.ofMinutes(2),
                List.of(
                        program.toString(),
                        "-h",
                        "127.0.0.1",
                        "-p",
                        Integer.toString(port),
                        "-c",
                        "64",
                        "-n",
                        Integer.toString(requests),
                        "-P",
                        Integer.toString(pipeline),
                        "-r",
                        "1000",
                        "--csv",
                        "rpush",
                        "key:__rand_int__",
                        Said.question(BYTES).content().replace(' ', '_')));
        // "test","rps","avg_latency_ms","min…","p50…","p95…","p99…","max…"
        String[] fields =
                output.strip().lines().toList().getLast().replace("\"", "").split(",", -1);
        int last = fields.length;
        return new Sample(Map.of(
                Metric.THROUGHPUT, Double.parseDouble(fields[last - 7]),
                Metric.P50, Double.parseDouble(fields[last - 4]) * 1000,
                Metric.P99, Double.parseDouble(fields[last - 2]) * 1000));
    }
}
