package dev.colloquy.benchmarks.http;

import dev.colloquy.adapter.redis.testing.Leftovers;
import dev.colloquy.benchmarks.measure.Metric;
import dev.colloquy.benchmarks.measure.Sample;
import dev.colloquy.benchmarks.server.Programs;
import dev.colloquy.benchmarks.workload.Settings;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** Load from {@code wrk}. */
record Wrk(Path program, Settings settings, int conversations) implements HttpLoad {

    private static final Pattern REFUSED = Pattern.compile("Non-2xx or 3xx responses: (\\d+)");
    private static final Pattern BROKEN =
            Pattern.compile("Socket errors: connect (\\d+), read (\\d+), write (\\d+), timeout (\\d+)");
    private static final Pattern MEASURED = Pattern.compile("MEASURED (\\S+) (\\S+) (\\S+) (\\S+)");

    @Override
    public Sample post(int port, String body) throws Exception {
        return run(port, "POST", "", "{[\"Content-Type\"]=\"application/json\"}", "[[" + body + "]]");
    }

    @Override
    public Sample get(int port, String query) throws Exception {
        return run(port, "GET", query, "nil", "nil");
    }

    private Sample run(int port, String method, String query, String headers, String body) throws Exception {
        String path = Requests.path("");
        int cut = path.indexOf("/conversation");
        Path directory = Leftovers.directory("colloquy-compare-wrk");
        Path script = directory.resolve("load.lua");
        try {
            Files.writeString(script, """
                    request = function()
                      return wrk.format("%s", "%s" .. math.random(0, %s) .. "%s", %s, %s)
                    end
                    done = function(summary, latency)
                      print(string.format("MEASURED %%f %%f %%f %%f", summary.requests / summary.duration * 1e6,
                        latency:percentile(50), latency:percentile(99), latency:percentile(99.9)))
                    end
                    """.formatted(
                            method,
                            path.substring(0, cut),
                            conversations - 1,
                            path.substring(cut) + "/messages" + query,
                            headers,
                            body));
            // wrk counts whole seconds only.
            long seconds = Math.max(1, settings.time().toSeconds());
            String output = Programs.output(
                    Duration.ofSeconds(60 + seconds),
                    List.of(
                            program.toString(),
                            "-t",
                            "1",
                            "-c",
                            Integer.toString(HttpWorkloads.CONNECTIONS),
                            "-d",
                            seconds + "s",
                            "-s",
                            script.toString(),
                            "http://127.0.0.1:" + port));
            return sample(output);
        } finally {
            Leftovers.delete(directory);
        }
    }

    private static Sample sample(String output) throws IOException {
        Matcher measured = MEASURED.matcher(output);
        if (!measured.find()
                || REFUSED.matcher(output).find()
                || BROKEN.matcher(output).find()) {
            throw new IOException("wrk had errors: " + output);
        }
        return new Sample(Map.of(
                Metric.THROUGHPUT, Double.parseDouble(measured.group(1)),
                Metric.P50, Double.parseDouble(measured.group(2)),
                Metric.P99, Double.parseDouble(measured.group(3)),
                Metric.P999, Double.parseDouble(measured.group(4))));
    }
}
