package dev.colloquy.benchmarks.report;

import dev.colloquy.benchmarks.measure.Metric;
import dev.colloquy.benchmarks.measure.Results;
import java.util.Locale;
import java.util.Optional;
import java.util.OptionalDouble;

/**
 * A figure to reach: ours against something else, or against a number.
 *
 * @param figure what it is about
 * @param atLeast whether the bound is a lower one
 * @param bound the bound
 * @param unit what stands behind the number
 * @param measured takes the figure from the results
 */
public record Target(String figure, boolean atLeast, double bound, String unit, Measured measured) {

    /** Takes a figure from the results. */
    @FunctionalInterface
    public interface Measured {
        /** The figure, or empty if the run did not measure it. */
        OptionalDouble in(Results results);
    }

    /**
     * A target and what a run says about it.
     *
     * @param figure what it is about
     * @param wanted the bound
     * @param measured what was measured
     * @param verdict whether it was reached
     */
    public record Outcome(String figure, String wanted, String measured, String verdict) {}

    /** Ours divided by theirs is at least so much. */
    public static Target ratioAtLeast(double bound, String figure, Value ours, Value theirs) {
        return new Target(figure, true, bound, " ×", results -> ratio(results, ours, theirs));
    }

    /** Ours divided by theirs is at most so much. */
    public static Target ratioAtMost(double bound, String figure, Value ours, Value theirs) {
        return new Target(figure, false, bound, " ×", results -> ratio(results, ours, theirs));
    }

    /** Ours is at most so much. */
    public static Target atMost(double bound, String figure, Value ours) {
        return new Target(figure, false, bound, " " + ours.metric().unit(), ours::in);
    }

    /**
     * A median of a run.
     *
     * @param workload the workload's name
     * @param contestant the contestant's name
     * @param metric which metric
     */
    public record Value(String workload, String contestant, Metric metric) {
        OptionalDouble in(Results results) {
            return results.median(workload, contestant, metric);
        }
    }

    /** What a run says, or empty if it did not measure it. */
    public Optional<Outcome> outcome(Results results) {
        OptionalDouble found = measured.in(results);
        if (found.isEmpty()) {
            return Optional.empty();
        }
        double value = found.getAsDouble();
        boolean reached = atLeast ? value >= bound : value <= bound;
        return Optional.of(new Outcome(
                figure,
                (atLeast ? "≥ " : "≤ ") + trimmed(bound) + unit,
                MarkdownReport.number(value) + unit,
                reached ? "reached" : "not reached"));
    }

    private static OptionalDouble ratio(Results results, Value ours, Value theirs) {
        OptionalDouble above = ours.in(results);
        OptionalDouble below = theirs.in(results);
        return above.isPresent() && below.isPresent() && below.getAsDouble() > 0
                ? OptionalDouble.of(above.getAsDouble() / below.getAsDouble())
                : OptionalDouble.empty();
    }

    private static String trimmed(double number) {
        return number == Math.rint(number)
                ? String.format(Locale.ROOT, "%,.0f", number)
                : String.format(Locale.ROOT, "%s", number);
    }
}
