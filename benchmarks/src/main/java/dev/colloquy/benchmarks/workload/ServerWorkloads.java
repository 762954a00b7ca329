package dev.colloquy.benchmarks.workload;

import dev.colloquy.benchmarks.contestant.Said;
import dev.colloquy.benchmarks.measure.Metric;
import dev.colloquy.benchmarks.measure.Runner;
import dev.colloquy.benchmarks.measure.Sample;
import dev.colloquy.benchmarks.measure.Trial;
import dev.colloquy.benchmarks.server.Programs;
import dev.colloquy.benchmarks.server.RedisControl;
import dev.colloquy.benchmarks.workload.Round.Work;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/** What is counted instead of timed: traffic and memory; and how fast the server is without us. */
public final class ServerWorkloads {

    private final Runner runner;
    private final int port;
    // Says nothing here, where nothing is timed.
    private final Load load;

    /**
     * @param runner takes the rounds
     * @param settings how often
     * @param port where the server is
     */
    public ServerWorkloads(Runner runner, Settings settings, int port) {
        this.runner = runner;
        this.port = port;
        load = settings.load(1);
    }

    /** Commands and bytes for each append, counted by the server. */
    public void wire(List<Player> players) {
        runner.runCold(Workload.WIRE, trials(Work.TRAFFIC, players));
    }

    /** What each message takes in the server, everything that belongs to its conversation included. */
    public void memory(List<Player> players) {
        runner.runCold(Workload.REDIS_MEMORY, trials(Work.REDIS_MEMORY, players));
    }

    /** What each message takes in the heap of who keeps it there. */
    public void heap(Player player) {
        Scene scene = new Scene(5000, 20, 100);
        runner.runCold(Workload.HEAP, StoreWorkloads.trials(new Round(Work.HEAP, port, scene, load), List.of(player)));
    }

    private List<Trial> trials(Work work, List<Player> players) {
        return StoreWorkloads.trials(new Round(work, port, Scene.USUAL, load), players);
    }

    /** What redis-benchmark, a client in C without any protocol work to speak of, gets out of the same server. */
    public void limits(Path redisBenchmark, RedisControl redis, int requests) throws Exception {
        List<Trial> trials = new ArrayList<>();
        for (int pipeline : List.of(1, 16)) {
            trials.add(new Trial(
                    pipeline == 1 ? "redis-benchmark" : "redis-benchmark, pipelines of " + pipeline,
                    redis::empty,
                    () -> limit(redisBenchmark, requests, pipeline)));
        }
        runner.runCold(Workload.LIMITS, trials);
    }

    private Sample limit(Path program, int requests, int pipeline) throws Exception {
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
                        Said.question(Scene.USUAL.bytes()).content().replace(' ', '_')));
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
