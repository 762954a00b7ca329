package dev.colloquy.benchmarks.measure;

import java.util.EnumMap;
import java.util.Map;
import java.util.Objects;

/**
 * What one round gave.
 *
 * @param values the value of each metric that the round measured
 */
public record Sample(Map<Metric, Double> values) {

    public Sample {
        values = Map.copyOf(values);
    }

    /** A sample of one metric. */
    public static Sample of(Metric metric, double value) {
        return new Sample(Map.of(metric, value));
    }

    /** The same with one more metric. */
    public Sample with(Metric metric, double value) {
        Map<Metric, Double> more = new EnumMap<>(Metric.class);
        more.putAll(values);
        more.put(metric, value);
        return new Sample(more);
    }

    /** Whether the round measured this. */
    public boolean has(Metric metric) {
        return values.containsKey(metric);
    }

    /**
     * What the round measured.
     *
     * @throws NullPointerException if it did not measure this
     */
    public double value(Metric metric) {
        return Objects.requireNonNull(values.get(metric), metric::name);
    }
}
