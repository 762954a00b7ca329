package dev.colloquy.benchmarks.load;

import dev.colloquy.benchmarks.measure.Metric;
import dev.colloquy.benchmarks.measure.Sample;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.SplittableRandom;
import java.util.random.RandomGenerator;
import org.HdrHistogram.Histogram;

/**
 * One caller and what it recorded. For one thread; read it after that thread has ended.
 *
 * <p>Throughput is what ends within the time that is recorded, whenever it began: what a slow contestant has under way at
 * the beginning makes up for what it has at the end. Latencies are those of all that began within that time, or should have,
 * however late it ended.
 */
final class Caller {

    private final int number;
    private final Clock clock;
    private final RandomGenerator random;
    private final Histogram latencies = new Histogram(3);
    private long ended;
    private long endedInTime;

    Caller(int number, Clock clock) {
        this.number = number;
        this.clock = clock;
        random = new SplittableRandom(number);
    }

    /**
     * Acts once and records it, with the latency counted from {@code from}.
     *
     * @throws Exception what the action threw: a round in which something fails is no measurement
     */
    void perform(Action action, long from) throws Exception {
        action.perform(number, random);
        long end = clock.now();
        if (from >= clock.records()) {
            latencies.recordValue(end - from);
        }
        if (end >= clock.records()) {
            ended++;
            if (end < clock.ends()) {
                endedInTime++;
            }
        }
    }

    /** How many actions have ended since recording began, those after its end included. */
    long ended() {
        return ended;
    }

    /** @throws IllegalStateException if nothing began while it was recorded: then nothing was measured, least of all 0 */
    static Sample summary(List<Caller> callers, Clock clock) {
        Histogram all = new Histogram(3);
        callers.forEach(caller -> all.add(caller.latencies));
        if (all.getTotalCount() == 0) {
            throw new IllegalStateException(String.format(
                    Locale.ROOT,
                    "nothing began within the %.0f ms that are recorded: one operation takes longer than the round",
                    clock.seconds() * 1e3));
        }
        long inTime = callers.stream().mapToLong(caller -> caller.endedInTime).sum();
        return new Sample(Map.of(
                Metric.THROUGHPUT, inTime / clock.seconds(),
                Metric.P50, all.getValueAtPercentile(50) / 1e3,
                Metric.P99, all.getValueAtPercentile(99) / 1e3,
                Metric.P999, all.getValueAtPercentile(99.9) / 1e3));
    }
}
