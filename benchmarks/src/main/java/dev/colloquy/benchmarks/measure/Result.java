package dev.colloquy.benchmarks.measure;

import java.util.Arrays;
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
        return Spread.of(values(metric));
    }

    /**
     * How many times another's value this one's is, round by round. What disturbs a round disturbs both, so that these lie
     * closer together than the values do.
     *
     * @throws IllegalArgumentException if the other has another number of rounds
     */
    public Spread ratio(Metric metric, Result other) {
        double[] ours = values(metric);
        double[] theirs = other.values(metric);
        if (ours.length != theirs.length) {
            throw new IllegalArgumentException(
                    contestant + " has " + ours.length + " rounds, " + other.contestant + " has " + theirs.length);
        }
        Arrays.setAll(ours, round -> ours[round] / theirs[round]);
        return Spread.of(ours);
    }

    private double[] values(Metric metric) {
        return samples.stream().mapToDouble(sample -> sample.value(metric)).toArray();
    }

    /** The median of a metric. */
    public double median(Metric metric) {
        return spread(metric).median();
    }
}
