package dev.colloquy.benchmarks;

import dev.colloquy.benchmarks.load.Callers.Threads;
import dev.colloquy.benchmarks.workload.Settings;
import dev.colloquy.domain.error.InvalidValue;
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
        LIMITS
    }

    /**
     * Understands the command line.
     *
     * @throws InvalidValue if it is not one; the message names the argument and what is allowed
     */
    static Options parse(List<String> arguments) {
        boolean quick = arguments.contains("--quick");
        Settings settings = quick ? Settings.QUICK : Settings.FULL;
        Set<Group> groups = EnumSet.allOf(Group.class);
        Path output = Path.of("docs", "performance");
        for (String argument : arguments) {
            if (argument.equals("--quick")) {
                continue;
            }
            String[] parts = argument.split("=", 2);
            String value = parts.length == 2 ? parts[1] : "";
            switch (parts[0]) {
                case "--only" -> groups = groups(value);
                case "--rounds" -> settings = settings.withRounds(rounds(value));
                case "--seconds" -> settings = settings.withTime(time(value));
                case "--threads" -> settings = settings.withThreads(constant(Threads.class, "--threads", value));
                case "--output" -> output = directory(value);
                default -> throw new InvalidValue("argument", argument, "what --help lists");
            }
        }
        return new Options(quick, settings, groups, output);
    }

    private static Set<Group> groups(String names) {
        return Arrays.stream(names.split(",", -1))
                .map(name -> constant(Group.class, "--only", name))
                .collect(Collectors.toCollection(() -> EnumSet.noneOf(Group.class)));
    }

    private static int rounds(String value) {
        if (!value.matches("[1-9][0-9]{0,2}")) {
            throw new InvalidValue("--rounds", value, "1 to 999");
        }
        return Integer.parseInt(value);
    }

    private static Duration time(String value) {
        Duration time = value.matches("[0-9]{1,3}([.][0-9]{1,3})?")
                ? Duration.ofMillis(Math.round(Double.parseDouble(value) * 1000))
                : Duration.ZERO;
        if (time.isZero()) {
            throw new InvalidValue("--seconds", value, "0.001 to 999.999");
        }
        return time;
    }

    private static Path directory(String value) {
        if (value.isEmpty()) {
            throw new InvalidValue("--output", value, "a directory, made if it is not there");
        }
        return Path.of(value);
    }

    private static <E extends Enum<E>> E constant(Class<E> kind, String argument, String name) {
        return Arrays.stream(kind.getEnumConstants())
                .filter(constant -> option(constant).equals(name))
                .findFirst()
                .orElseThrow(() -> new InvalidValue(argument, name, options(kind)));
    }

    private static String options(Class<? extends Enum<?>> kind) {
        return Arrays.stream(kind.getEnumConstants()).map(Options::option).collect(Collectors.joining(", "));
    }

    private static String option(Enum<?> constant) {
        return constant.name().toLowerCase(Locale.ROOT);
    }
}
