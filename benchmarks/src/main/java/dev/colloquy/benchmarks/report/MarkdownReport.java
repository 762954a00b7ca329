package dev.colloquy.benchmarks.report;

import dev.colloquy.benchmarks.measure.Metric;
import dev.colloquy.benchmarks.measure.Result;
import dev.colloquy.benchmarks.measure.Results;
import dev.colloquy.benchmarks.measure.Spread;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.stream.Collectors;

/** The tables of a run, for a person. */
public final class MarkdownReport {

    private MarkdownReport() {}

    /** The whole page. */
    public static String page(
            Map<String, String> run, Map<String, String> libraries, List<Target.Outcome> targets, Results results) {
        StringBuilder page = new StringBuilder("# Results of one run\n\n");
        page.append(
                "Written by `benchmarks/bin/compare`; the numbers of every round are in `results.json`. Each cell is the\n");
        page.append(
                "median of the rounds, ± half the distance between the lowest and the highest one. A ratio is the median of the\n");
        page.append("rounds' ratios.\n\n");
        run.forEach((name, value) ->
                page.append("- ").append(name).append(": ").append(value).append('\n'));
        page.append("- libraries: ")
                .append(libraries.entrySet().stream()
                        .map(library -> library.getKey() + " " + library.getValue())
                        .collect(Collectors.joining(", ")))
                .append("\n\n");
        if (!results.failures().isEmpty()) {
            page.append("## Not measured\n\n");
            results.failures().forEach(why -> page.append("- ").append(why).append('\n'));
            page.append('\n');
        }
        if (!targets.isEmpty()) {
            page.append("## Wanted and measured\n\n");
            page.append(targets(targets)).append('\n');
        }
        for (String workload : results.workloads()) {
            page.append("## ").append(capitalized(workload)).append("\n\n");
            page.append(table(results.of(workload))).append('\n');
        }
        return page.toString();
    }

    /** What was wanted beside what was measured. */
    static String targets(List<Target.Outcome> outcomes) {
        StringBuilder table =
                new StringBuilder("| figure | wanted | measured | rounds | |\n|---|---:|---:|---:|---|\n");
        outcomes.forEach(outcome -> table.append("| %s | %s | %s | %s | %s |\n"
                .formatted(
                        outcome.figure(), outcome.wanted(), outcome.measured(), outcome.rounds(), outcome.verdict())));
        return table.toString();
    }

    /** One workload. */
    static String table(List<Result> results) {
        List<Metric> metrics = Arrays.stream(Metric.values())
                .filter(metric -> results.stream().anyMatch(result -> result.has(metric)))
                .toList();
        StringBuilder table = new StringBuilder("| |");
        metrics.forEach(metric -> table.append(" %s, %s |".formatted(name(metric), metric.unit())));
        table.append("\n|---|").append("---:|".repeat(metrics.size())).append('\n');
        for (Result result : results) {
            table.append("| ").append(result.contestant()).append(" |");
            metrics.forEach(
                    metric -> table.append(' ').append(cell(result, metric)).append(" |"));
            table.append('\n');
        }
        return table.toString();
    }

    private static String cell(Result result, Metric metric) {
        if (!result.has(metric)) {
            return "";
        }
        Spread spread = result.spread(metric);
        return spread.rounds() == 1
                ? number(spread.median())
                : number(spread.median()) + " ± " + Math.round(spread.percent()) + " %";
    }

    /** Three digits that mean something, or all of a large number. */
    static String number(double value) {
        double size = Math.abs(value);
        String format = size >= 100 ? "%,.0f" : size >= 10 ? "%.1f" : "%.2f";
        return String.format(Locale.ROOT, format, value);
    }

    private static String name(Metric metric) {
        return metric == Metric.P999
                ? "p99.9"
                : metric.name().toLowerCase(Locale.ROOT).replace('_', ' ');
    }

    private static String capitalized(String text) {
        return Character.toUpperCase(text.charAt(0)) + text.substring(1);
    }
}
