package dev.colloquy.benchmarks.process;

import dev.colloquy.benchmarks.measure.Metric;
import dev.colloquy.benchmarks.measure.Runner;
import dev.colloquy.benchmarks.measure.Sample;
import dev.colloquy.benchmarks.measure.Trial;
import dev.colloquy.benchmarks.workload.Workload;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/** How long the service takes from the start of its process to its first answer. */
public final class StartUp {

    /** The launcher as it is. */
    public static final String LAUNCHER = "bootstrap/bin/colloquy";

    /** The same without what the build prepared for a quick start. */
    public static final String PLAIN = "java -jar colloquy-service.jar";

    private static final String CONVERSATION = "/v1/agents/bench/users/alex/conversation/messages";

    private StartUp() {}

    /** Measures what is built below {@code root}; in memory, so that nothing but the service has to start. */
    public static void run(Runner runner, Path root) throws Exception {
        Path jar = root.resolve("bootstrap/target/colloquy-service.jar");
        String java = Path.of(System.getProperty("java.home"), "bin", "java").toString();
        List<Trial> trials = new ArrayList<>();
        trials.add(trial(LAUNCHER, List.of(root.resolve(LAUNCHER).toString())));
        trials.add(trial(PLAIN, List.of(java, "-Xshare:auto", "-jar", jar.toString())));
        runner.runCold(Workload.START_UP, trials);
    }

    private static Trial trial(String name, List<String> command) {
        return new Trial(name, () -> {}, () -> start(command));
    }

    private static Sample start(List<String> command) throws IOException {
        Map<String, String> environment =
                Map.of("COLLOQUY_STORE", "memory", "JAVA_HOME", System.getProperty("java.home"));
        try (JavaServer server = JavaServer.start(command, environment, CONVERSATION)) {
            return Sample.of(Metric.DURATION, server.started().toNanos() / 1e6);
        }
    }
}
