package dev.colloquy.benchmarks.report;

import dev.colloquy.benchmarks.contestant.Lineup;
import dev.colloquy.benchmarks.http.HttpWorkloads;
import dev.colloquy.benchmarks.inprocess.InProcess;
import dev.colloquy.benchmarks.measure.Metric;
import dev.colloquy.benchmarks.process.StartUp;
import dev.colloquy.benchmarks.report.Target.Value;
import dev.colloquy.benchmarks.workload.Workload;
import java.util.List;

/** The figures that Colloquy wants to reach. */
final class Targets {

    private static final String OURS = Lineup.COLLOQUY.title();
    private static final String REWRITE = Lineup.JEDIS.title();
    private static final String LANGCHAIN4J = Lineup.LANGCHAIN4J.title();
    private static final String BATCH = Lineup.REDISSON_BATCH.title();
    private static final String LETTUCE = Lineup.LETTUCE.title();
    private static final String BARE = Lineup.REDISSON_SCRIPT.title();
    private static final String AT_64 = Workload.append(64, 100);
    private static final String AT_1 = Workload.append(1, 100);
    private static final String SLOW = Workload.appendOver("20 ms round trip", 256);
    private static final String READ = Workload.read(64);
    private static final String HTTP = Workload.http("append 1 message of 100 B", HttpWorkloads.CONNECTIONS);

    static final List<Target> ALL = List.of(
            throughput(6, "append, 64 callers, against " + REWRITE, AT_64, OURS, REWRITE),
            throughput(8, "append, 64 callers, against " + LANGCHAIN4J, AT_64, OURS, LANGCHAIN4J),
            throughput(5, "append, 64 callers, against " + BATCH, AT_64, OURS, BATCH),
            onVirtualThreads(6, "append, 64 callers, against " + REWRITE, AT_64, REWRITE),
            onVirtualThreads(8, "append, 64 callers, against " + LANGCHAIN4J, AT_64, LANGCHAIN4J),
            onVirtualThreads(5, "append, 64 callers, against " + BATCH, AT_64, BATCH),
            throughput(1, "append, 64 callers, against " + LETTUCE + ", same script", AT_64, OURS, LETTUCE),
            Target.ratioAtMost(
                    1.15,
                    "append, 1 caller, p50 against " + BARE,
                    new Value(AT_1, OURS, Metric.P50),
                    new Value(AT_1, BARE, Metric.P50)),
            throughput(10, "append, 256 callers, 20 ms round trip, against " + REWRITE, SLOW, OURS, REWRITE),
            Target.ratioAtMost(
                    1.2,
                    "append to 100,000 messages, p50 against 10 messages",
                    new Value(Workload.LENGTH, Workload.atLength(OURS, 100_000), Metric.P50),
                    new Value(Workload.LENGTH, Workload.atLength(OURS, 10), Metric.P50)),
            throughput(3, "read the last 20, 64 callers, against " + LANGCHAIN4J, READ, OURS, LANGCHAIN4J),
            onVirtualThreads(3, "read the last 20, 64 callers, against " + LANGCHAIN4J, READ, LANGCHAIN4J),
            throughput(
                    0.8,
                    "read the last 20, 64 callers, against " + LETTUCE + ", LRANGE and decoding",
                    READ,
                    OURS,
                    LETTUCE),
            throughput(
                    0.8,
                    "HTTP append in memory, against a bare handler",
                    HTTP,
                    HttpWorkloads.MEMORY,
                    HttpWorkloads.BARE),
            throughput(0.4, "HTTP append on Redis, against in memory", HTTP, HttpWorkloads.REDIS, HttpWorkloads.MEMORY),
            Target.ratioAtLeast(
                    0.5,
                    "memory store, append at 20 messages, speed against bare Caffeine",
                    new Value(InProcess.MEMORY_STORE, InProcess.BARE_CAFFEINE, Metric.COST),
                    new Value(InProcess.MEMORY_STORE, InProcess.OURS, Metric.COST)),
            Target.ratioAtMost(
                    2,
                    "memory store, append at 100,000 messages, cost against 20 messages",
                    new Value(InProcess.MEMORY_STORE, InProcess.OURS_LONG, Metric.COST),
                    new Value(InProcess.MEMORY_STORE, InProcess.OURS, Metric.COST)),
            Target.atMost(
                    500,
                    "start-up to the first answer, in memory",
                    new Value(Workload.START_UP, StartUp.LAUNCHER, Metric.DURATION)),
            Target.atMost(
                    300,
                    "Redis memory for each message of 100 B",
                    new Value(Workload.REDIS_MEMORY, OURS, Metric.MEMORY)));

    private Targets() {}

    private static Target onVirtualThreads(double bound, String figure, String workload, String theirs) {
        return throughput(
                bound, figure + Workload.ON_VIRTUAL_THREADS, workload + Workload.ON_VIRTUAL_THREADS, OURS, theirs);
    }

    private static Target throughput(double bound, String figure, String workload, String ours, String theirs) {
        return Target.ratioAtLeast(
                bound,
                figure,
                new Value(workload, ours, Metric.THROUGHPUT),
                new Value(workload, theirs, Metric.THROUGHPUT));
    }
}
