package dev.colloquy.benchmarks.report;

import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.SerializationFeature;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.colloquy.benchmarks.measure.Metric;
import dev.colloquy.benchmarks.measure.Result;
import dev.colloquy.benchmarks.measure.Results;
import java.io.IOException;
import java.nio.file.Path;
import java.util.Locale;
import java.util.Map;

/** The machine-readable outcome of a run: every round of every contestant. */
public final class ResultsFile {

    private static final ObjectMapper JSON = new ObjectMapper().enable(SerializationFeature.INDENT_OUTPUT);

    private ResultsFile() {}

    /** Writes {@code results.json}. */
    public static void write(Path file, Map<String, String> run, Map<String, String> libraries, Results results)
            throws IOException {
        ObjectNode root = JSON.createObjectNode();
        run.forEach(root.putObject("run")::put);
        libraries.forEach(root.putObject("libraries")::put);
        results.failures().forEach(root.putArray("failures")::add);
        ArrayNode all = root.putArray("results");
        results.all().forEach(result -> all.add(node(result)));
        JSON.writeValue(file.toFile(), root);
    }

    private static ObjectNode node(Result result) {
        ObjectNode node = JSON.createObjectNode();
        node.put("workload", result.workload());
        node.put("contestant", result.contestant());
        ObjectNode metrics = node.putObject("metrics");
        for (Metric metric : Metric.values()) {
            if (result.has(metric)) {
                ObjectNode one = metrics.putObject(metric.name().toLowerCase(Locale.ROOT));
                one.put("unit", metric.unit());
                one.put("median", rounded(result.median(metric)));
                ArrayNode rounds = one.putArray("rounds");
                result.samples().forEach(sample -> rounds.add(rounded(sample.value(metric))));
            }
        }
        return node;
    }

    private static double rounded(double value) {
        return Math.round(value * 1000) / 1000.0;
    }
}
