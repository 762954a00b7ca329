package dev.colloquy.benchmarks;

import dev.colloquy.adapter.redis.testing.RedisServer;
import dev.colloquy.benchmarks.measure.Results;
import dev.colloquy.benchmarks.report.Machine;
import dev.colloquy.benchmarks.report.Report;
import dev.colloquy.benchmarks.server.RedisControl;
import dev.colloquy.benchmarks.server.RedisUnderTest;
import dev.colloquy.domain.error.InvalidValue;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;

/** Runs the comparison and writes what came out. Started by {@code benchmarks/bin/compare}. */
public final class Compare {

    private Compare() {}

    /** Runs it; ends with 2 if the arguments are wrong, with 1 if anything fails. */
    public static void main(String[] arguments) {
        try {
            boolean complete = run(Options.parse(List.of(arguments)));
            // Some peers leave threads behind that would keep the process alive.
            System.exit(complete ? 0 : 1);
        } catch (InvalidValue wrong) {
            System.err.println("compare: " + wrong.getMessage());
            System.exit(2);
        } catch (Exception failed) {
            failed.printStackTrace();
            System.exit(1);
        }
    }

    private static boolean run(Options options) throws Exception {
        Path root = Path.of("").toAbsolutePath();
        if (!Files.isExecutable(root.resolve("benchmarks/bin/compare"))) {
            throw new IOException("start it with benchmarks/bin/compare, not from " + root);
        }
        Files.createDirectories(options.output());
        Optional<Path> installed = RedisUnderTest.installed();
        if (installed.isPresent()) {
            try (RedisUnderTest server = RedisUnderTest.start(installed.get())) {
                return run(options, root, server.port());
            }
        } else {
            try (RedisServer server = RedisServer.start()) {
                return run(options, root, server.port());
            }
        }
    }

    private static boolean run(Options options, Path root, int port) throws Exception {
        long began = System.nanoTime();
        Results results = new Results();
        try (RedisControl redis = new RedisControl(port)) {
            Map<String, String> run = Machine.describe(redis.info("server").getOrDefault("redis_version", "unknown"));
            run.put("begun", Instant.now().toString().substring(0, 16) + "Z");
            run.put("settings", options.settings().toString());
            System.out.println(run);
            Thread interrupted = new Thread(() -> writeUnfinished(options, run, results));
            Runtime.getRuntime().addShutdownHook(interrupted);
            new Suite(options, port, redis, results).run(root);
            Runtime.getRuntime().removeShutdownHook(interrupted);
            run.put("load after", Machine.load());
            run.put("took", String.format(Locale.ROOT, "%.0f s", (System.nanoTime() - began) / 1e9));
            Report.write(options.output(), run, results);
        }
        System.out.println("Written to " + options.output());
        return results.failures().isEmpty();
    }

    /** What was measured until somebody lost patience is worth keeping, and says that it is not all. */
    private static void writeUnfinished(Options options, Map<String, String> run, Results results) {
        try {
            results.addFailure("the run was stopped before its end");
            run.put("load after", Machine.load());
            Report.write(options.output(), run, results);
        } catch (IOException failed) {
            System.err.println("compare: the results could not be written: " + failed.getMessage());
        }
    }
}
