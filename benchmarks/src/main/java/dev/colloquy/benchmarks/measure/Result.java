package dev.colloquy.benchmarks.measure;

import java.util.List;

/**
 * All rounds of one contestant in one workload.
 *
 * @param workload the name of what was done
 * @param contestant the name of what did it
 * @param samples one for each round, at least one
 */
public record Result(String workload, String contestant, List<Sample> samples) {

    public Result {
        samples = List.copyOf(samples);
        if (samples.isEmpty()) {
            throw new IllegalArgumentException("no sample of " + contestant + " in " + workload);
        }
    }

    /** Whether the rounds measured this. */
    public boolean has(Metric metric) {
        return samples.getFirst().has(metric);
    }

    /** The rounds' values of a metric. */
    public Spread spread(Metric metric) {
        return Spread.of(
                samples.stream().mapToDouble(sample -> sample.value(metric)).toArray());
    }

    /** The median of a metric. */
    public double median(Metric metric) {
        return spread(metric).median();
    }
}
