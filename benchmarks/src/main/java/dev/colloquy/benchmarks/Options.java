package dev.colloquy.benchmarks;

import dev.colloquy.benchmarks.load.Callers.Threads;
import dev.colloquy.benchmarks.workload.Settings;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Arrays;
import java.util.EnumSet;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import java.util.stream.Collectors;

/**
 * What the comparison was asked to do.
 *
 * @param quick whether only what fits into five minutes
 * @param settings how long and how often
 * @param groups which workloads
 * @param output where the results go
 */
record Options(boolean quick, Settings settings, Set<Group> groups, Path output) {

    static final String USAGE =
            """
            Usage: benchmarks/bin/compare [--quick] [--only=GROUP,...] [--rounds=N] [--seconds=S] [--threads=KIND] [--output=DIR]

              --quick         a first impression, within five minutes
              --only=GROUP    only some of: %s
              --rounds=N      how many rounds are counted
              --seconds=S     how long each round is recorded, such as 2 or 0.5
              --threads=KIND  platform (default) or virtual callers
              --output=DIR    where results.json, results.md and the charts go (docs/performance)
            """.formatted(Arrays.stream(Group.values()).map(Group::option).collect(Collectors.joining(", ")));

    /** Workloads that belong together. */
    enum Group {
        APPEND,
        LENGTH,
        TURN,
        READ,
        RATE,
        NETWORK,
        WIRE,
        MEMORY,
        HTTP,
        STARTUP,
        INPROCESS,
        LIMITS;

        String option() {
            return name().toLowerCase(Locale.ROOT);
        }
    }

    /**
     * Understands the command line.
     *
     * @throws IllegalArgumentException if it is not one; the message says what is wrong
     */
    static Options parse(List<String> arguments) {
        boolean quick = arguments.contains("--quick");
        Settings settings = quick ? Settings.QUICK : Settings.FULL;
        Set<Group> groups = EnumSet.allOf(Group.class);
        Path output = Path.of("docs", "performance");
        for (String argument : arguments) {
            String[] parts = argument.split("=", 2);
            String value = parts.length == 2 ? parts[1] : "";
            switch (parts[0]) {
                case "--quick" -> {}
                case "--only" -> groups = groups(value);
                case "--rounds" -> settings = settings.withRounds(Integer.parseInt(value));
                case "--seconds" ->
                    settings = settings.withTime(Duration.ofMillis(Math.round(Double.parseDouble(value) * 1000)));
                case "--threads" -> settings = settings.withThreads(Threads.valueOf(value.toUpperCase(Locale.ROOT)));
                case "--output" -> output = Path.of(value);
                default -> throw new IllegalArgumentException("unknown: " + argument);
            }
        }
        return new Options(quick, settings, groups, output);
    }

    private static Set<Group> groups(String names) {
        return Arrays.stream(names.split(",", -1))
                .map(name -> Group.valueOf(name.toUpperCase(Locale.ROOT)))
                .collect(Collectors.toCollection(() -> EnumSet.noneOf(Group.class)));
    }
}
