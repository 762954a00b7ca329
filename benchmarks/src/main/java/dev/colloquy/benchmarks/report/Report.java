package dev.colloquy.benchmarks.report;

import dev.colloquy.benchmarks.contestant.Lineup;
import dev.colloquy.benchmarks.http.HttpWorkloads;
import dev.colloquy.benchmarks.measure.Metric;
import dev.colloquy.benchmarks.measure.Result;
import dev.colloquy.benchmarks.measure.Results;
import dev.colloquy.benchmarks.workload.Workload;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** Writes everything that a run leaves behind. */
public final class Report {

    private record Chart(String file, String workload, Metric metric, String ours) {}

    private static final List<Chart> CHARTS = List.of(
            new Chart("append-1", Workload.append(1, 100), Metric.P50, Lineup.COLLOQUY.title()),
            new Chart("append-64", Workload.append(64, 100), Metric.THROUGHPUT, Lineup.COLLOQUY.title()),
            new Chart("append-256", Workload.append(256, 100), Metric.THROUGHPUT, Lineup.COLLOQUY.title()),
            new Chart("append-long", Workload.append(64, 4096), Metric.THROUGHPUT, Lineup.COLLOQUY.title()),
            new Chart(
                    "append-length", Workload.LENGTH, Metric.P50, Workload.atLength(Lineup.COLLOQUY.title(), 100_000)),
            new Chart("read", Workload.read(64), Metric.THROUGHPUT, Lineup.COLLOQUY.title()),
            new Chart(
                    "network-20ms",
                    Workload.appendOver("20 ms round trip", 256),
                    Metric.THROUGHPUT,
                    Lineup.COLLOQUY.title()),
            new Chart(
                    "http-append",
                    Workload.http("append 1 message of 100 B", 64),
                    Metric.THROUGHPUT,
                    HttpWorkloads.MEMORY),
            new Chart("redis-memory", Workload.REDIS_MEMORY, Metric.MEMORY, Lineup.COLLOQUY.title()));

    private Report() {}

    /**
     * Writes {@code results.json}, {@code results.md} and a chart for each workload that has one. Charts of workloads that
     * were not measured are removed: they would be of another run.
     */
    public static void write(Path folder, Map<String, String> run, Results results) throws IOException {
        Map<String, String> libraries = Machine.libraries();
        ResultsFile.write(folder.resolve("results.json"), run, libraries, results);
        List<Target.Outcome> targets = Targets.ALL.stream()
                .map(target -> target.outcome(results))
                .flatMap(Optional::stream)
                .toList();
        Files.writeString(folder.resolve("results.md"), MarkdownReport.page(run, libraries, targets, results));
        for (Chart chart : CHARTS) {
            draw(folder.resolve(chart.file() + ".svg"), chart, shown(results, chart.workload()));
        }
        System.out.print(MarkdownReport.targets(targets));
    }

    /** A call that stays in this process is a thousand times as fast as one to a server, and would leave no bar to see. */
    private static List<Result> shown(Results results, String workload) {
        return results.of(workload).stream()
                .filter(result -> !result.contestant().equals(Lineup.COLLOQUY_IN_MEMORY.title()))
                .toList();
    }

    private static void draw(Path file, Chart chart, List<Result> shown) throws IOException {
        if (shown.isEmpty()) {
            Files.deleteIfExists(file);
            return;
        }
        String title = Character.toUpperCase(chart.workload().charAt(0))
                + chart.workload().substring(1);
        Files.writeString(file, BarChart.of(title, chart.metric(), shown, chart.ours()));
    }
}
