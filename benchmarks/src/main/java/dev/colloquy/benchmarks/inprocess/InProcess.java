package dev.colloquy.benchmarks.inprocess;

import dev.colloquy.benchmarks.measure.Metric;
import dev.colloquy.benchmarks.measure.Runner;
import dev.colloquy.benchmarks.measure.Sample;
import dev.colloquy.benchmarks.measure.Trial;
import java.util.List;
import org.openjdk.jmh.results.RunResult;
import org.openjdk.jmh.runner.RunnerException;
import org.openjdk.jmh.runner.options.OptionsBuilder;
import org.openjdk.jmh.runner.options.VerboseMode;

/** Runs the JMH benchmarks as part of the comparison. */
public final class InProcess {

    /** The workload's name. */
    public static final String MEMORY_STORE = "memory store: append 1 message of 100 B, in process";

    /** Ours at 20 messages. */
    public static final String OURS = "Colloquy, 20 messages";

    /** Ours at 100,000 messages. */
    public static final String OURS_LONG = "Colloquy, 100,000 messages";

    /** A bare Caffeine cache at 20 messages. */
    public static final String BARE_CAFFEINE = "bare Caffeine compute with a list copied, 20 messages";

    private InProcess() {}

    /** Runs each of them in a JVM of its own for each round. */
    public static void run(Runner runner, boolean quick) throws Exception {
        runner.runCold(
                MEMORY_STORE,
                List.of(
                        trial(OURS, "MemoryStoreBenchmark.append", "20", quick),
                        trial(BARE_CAFFEINE, "MemoryStoreBenchmark.bareCaffeine", "20", quick),
                        trial(OURS_LONG, "MemoryStoreBenchmark.append", "100000", quick)));
    }

    private static Trial trial(String name, String benchmark, String length, boolean quick) {
        return new Trial(name, () -> {}, () -> measure(benchmark, length, quick));
    }

    private static Sample measure(String benchmark, String length, boolean quick) throws RunnerException {
        OptionsBuilder options = new OptionsBuilder();
        options.include("\\." + benchmark.replace(".", "\\.") + "$")
                .param("length", length)
                .verbosity(VerboseMode.SILENT);
        if (quick) {
            options.warmupIterations(15).measurementIterations(10);
        }
        RunResult result = new org.openjdk.jmh.runner.Runner(options.build()).runSingle();
        // The median of the iterations: a collection of garbage in one of them is not what is asked for.
        return Sample.of(Metric.COST, result.getPrimaryResult().getStatistics().getPercentile(50) / Batch.SIZE);
    }
}
