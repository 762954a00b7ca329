package dev.colloquy.benchmarks.report;

import dev.colloquy.benchmarks.measure.Metric;
import dev.colloquy.benchmarks.measure.Result;
import dev.colloquy.benchmarks.measure.Results;
import dev.colloquy.benchmarks.measure.Spread;
import java.util.Locale;
import java.util.Optional;

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
        /** The figure, round by round, or empty if the run did not measure it. */
        Optional<Spread> in(Results results);
    }

    /**
     * A target and what a run says about it.
     *
     * @param figure what it is about
     * @param wanted the bound
     * @param measured what was measured, in the median of the rounds
     * @param rounds the lowest and the highest round
     * @param verdict whether it was reached
     */
    public record Outcome(String figure, String wanted, String measured, String rounds, String verdict) {}

    /** Ours divided by theirs is at least so much, in the median of the rounds. */
    public static Target ratioAtLeast(double bound, String figure, Value ours, Value theirs) {
        return new Target(figure, true, bound, " ×", results -> ratio(results, ours, theirs));
    }

    /** Ours divided by theirs is at most so much, in the median of the rounds. */
    public static Target ratioAtMost(double bound, String figure, Value ours, Value theirs) {
        return new Target(figure, false, bound, " ×", results -> ratio(results, ours, theirs));
    }

    /** Ours is at most so much, in the median of the rounds. */
    public static Target atMost(double bound, String figure, Value ours) {
        return new Target(
                figure,
                false,
                bound,
                " " + ours.metric().unit(),
                results -> ours.in(results).map(result -> result.spread(ours.metric())));
    }

    /**
     * Where to find what was measured.
     *
     * @param workload the workload's name
     * @param contestant the contestant's name
     * @param metric which metric
     */
    public record Value(String workload, String contestant, Metric metric) {
        Optional<Result> in(Results results) {
            return results.find(workload, contestant).filter(result -> result.has(metric));
        }
    }

    /** What a run says, or empty if it did not measure it. */
    public Optional<Outcome> outcome(Results results) {
        return measured.in(results).map(found -> {
            boolean reached = atLeast ? found.median() >= bound : found.median() <= bound;
            return new Outcome(
                    figure,
                    (atLeast ? "≥ " : "≤ ") + trimmed(bound) + unit,
                    MarkdownReport.number(found.median()) + unit,
                    MarkdownReport.number(found.low()) + " to " + MarkdownReport.number(found.high()),
                    reached ? "reached" : "not reached");
        });
    }

    private static Optional<Spread> ratio(Results results, Value ours, Value theirs) {
        return ours.in(results).flatMap(our -> theirs.in(results).map(their -> our.ratio(ours.metric(), their)));
    }

    private static String trimmed(double number) {
        return number == Math.rint(number)
                ? String.format(Locale.ROOT, "%,.0f", number)
                : String.format(Locale.ROOT, "%s", number);
    }
}
