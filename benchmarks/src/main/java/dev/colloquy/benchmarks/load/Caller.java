package dev.colloquy.benchmarks.load;

import dev.colloquy.benchmarks.measure.Metric;
import dev.colloquy.benchmarks.measure.Sample;
import java.util.List;
import java.util.Map;
import java.util.SplittableRandom;
import java.util.random.RandomGenerator;
import org.HdrHistogram.Histogram;

/** One caller and what it recorded. For one thread; read it after that thread has ended. */
final class Caller {

    private static final int MOST_ERRORS = 1000;

    private final int number;
    private final Clock clock;
    private final RandomGenerator random;
    private final Histogram latencies = new Histogram(3);
    private long operations;
    private long errors;
    private long lastEnd;

    Caller(int number, Clock clock) {
        this.number = number;
        this.clock = clock;
        random = new SplittableRandom(number);
    }

    /** Acts once and records it, if the warm-up is over, with the latency counted from {@code from}. */
    void perform(Action action, long from) {
        boolean failed = false;
        try {
            action.perform(number, random);
        } catch (Exception refused) {
            failed = true;
            if (errors++ > MOST_ERRORS) {
                throw new IllegalStateException("caller " + number + " fails all the time", refused);
            }
        }
        long end = System.nanoTime();
        if (!failed && from >= clock.records()) {
            latencies.recordValue(end - from);
            operations++;
            lastEnd = end;
        }
    }

    long operations() {
        return operations;
    }

    private double perSecond() {
        return operations == 0 ? 0 : operations * 1e9 / (lastEnd - clock.records());
    }

    static Sample summary(List<Caller> callers) {
        Histogram all = new Histogram(3);
        callers.forEach(caller -> all.add(caller.latencies));
        return new Sample(Map.of(
                Metric.THROUGHPUT,
                        callers.stream().mapToDouble(Caller::perSecond).sum(),
                Metric.P50, all.getValueAtPercentile(50) / 1e3,
                Metric.P99, all.getValueAtPercentile(99) / 1e3,
                Metric.P999, all.getValueAtPercentile(99.9) / 1e3,
                Metric.ERRORS,
                        (double) callers.stream()
                                .mapToLong(caller -> caller.errors)
                                .sum()));
    }
}
