package dev.colloquy.benchmarks.report;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import dev.colloquy.benchmarks.measure.Metric;
import dev.colloquy.benchmarks.measure.Result;
import dev.colloquy.benchmarks.measure.Results;
import dev.colloquy.benchmarks.measure.Sample;
import dev.colloquy.benchmarks.report.Target.Value;
import dev.colloquy.benchmarks.workload.Workload;
import java.io.StringReader;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.DoubleStream;
import javax.xml.parsers.DocumentBuilderFactory;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.xml.sax.InputSource;

@DisplayName("A report")
class ReportTest {

    private final Results results = new Results();

    @BeforeEach
    void someResults() {
        results.add(result("fast", 900, 1000, 1100));
        results.add(result("slow <&>", 99, 100, 101));
    }

    @Test
    @DisplayName("has the median and the spread of every contestant in its table")
    void table() {
        assertThat(MarkdownReport.table(results.of("work"))).isEqualTo("""
                | | throughput, ops/s |
                |---|---:|
                | fast | 1,000 ± 10 % |
                | slow <&> | 100 ± 1 % |
                """);
    }

    @Test
    @DisplayName("has every round in its file")
    void file(@TempDir Path folder) throws Exception {
        ResultsFile.write(folder.resolve("results.json"), Map.of("java", "25"), Map.of("jedis", "7"), results);

        JsonNode written =
                new ObjectMapper().readTree(folder.resolve("results.json").toFile());
        assertThat(written.at("/run/java").asText()).isEqualTo("25");
        assertThat(written.at("/results/0/contestant").asText()).isEqualTo("fast");
        assertThat(written.at("/results/0/metrics/throughput/median").asDouble())
                .isEqualTo(1000);
        assertThat(written.at("/results/0/metrics/throughput/rounds")).hasSize(3);
    }

    @Test
    @DisplayName("says of a figure whether it was reached")
    void target() {
        Value fast = value("fast");
        Value slow = value("slow <&>");

        assertThat(Target.ratioAtLeast(10, "ten times", fast, slow).outcome(results))
                .contains(new Target.Outcome("ten times", "≥ 10 ×", "10.0 ×", "9.09 to 10.9", "reached"));
        assertThat(Target.ratioAtMost(1.2, "no slower", fast, slow).outcome(results))
                .contains(new Target.Outcome("no slower", "≤ 1.2 ×", "10.0 ×", "9.09 to 10.9", "not reached"));
    }

    @Test
    @DisplayName("compares round by round, because what disturbs one contestant disturbs the other, too")
    void inTurns() {
        results.add(result("steady", 100, 200, 400));
        results.add(result("twice as fast", 200, 400, 800));
        results.add(result("sometimes fast", 200, 600, 400));

        Target.Outcome outcome = Target.ratioAtLeast(2, "twice", value("sometimes fast"), value("steady"))
                .outcome(results)
                .orElseThrow();
        assertThat(outcome.measured()).isEqualTo("2.00 ×");
        assertThat(outcome.rounds()).isEqualTo("1.00 to 3.00");
        assertThat(Target.ratioAtLeast(2, "twice", value("twice as fast"), value("steady"))
                        .outcome(results)
                        .orElseThrow()
                        .rounds())
                .isEqualTo("2.00 to 2.00");
    }

    @Test
    @DisplayName("says nothing of a figure that was not measured")
    void noTarget() {
        Value absent = new Value("other work", "fast", Metric.THROUGHPUT);

        assertThat(Target.atMost(1, "anything", absent).outcome(results)).isEmpty();
    }

    @Test
    @DisplayName("leaves no chart of another run behind")
    void otherRun(@TempDir Path folder) throws Exception {
        Path chart = Files.createFile(folder.resolve("read.svg"));

        Report.write(folder, new LinkedHashMap<>(), results);
        assertThat(chart).doesNotExist();

        results.add(new Result(Workload.read(64), "fast", List.of(Sample.of(Metric.THROUGHPUT, 1))));
        Report.write(folder, new LinkedHashMap<>(), results);
        assertThat(chart).exists();
    }

    @Test
    @DisplayName("draws well-formed charts, whatever the names are, for light and dark pages")
    void chart() throws Exception {
        String svg = BarChart.of("Work & <more>", Metric.THROUGHPUT, results.of("work"), "fast");

        var document =
                DocumentBuilderFactory.newInstance().newDocumentBuilder().parse(new InputSource(new StringReader(svg)));
        assertThat(document.getElementsByTagName("rect").getLength()).isEqualTo(3);
        assertThat(svg).contains("prefers-color-scheme: dark");
    }

    private static Value value(String contestant) {
        return new Value("work", contestant, Metric.THROUGHPUT);
    }

    private static Result result(String contestant, double... throughput) {
        List<Sample> samples = DoubleStream.of(throughput)
                .mapToObj(value -> Sample.of(Metric.THROUGHPUT, value))
                .toList();
        return new Result("work", contestant, samples);
    }
}
