package dev.colloquy.bootstrap.history;

import java.util.Collections;
import java.util.Comparator;
import java.util.EnumMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.regex.MatchResult;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/**
 * What a run has shown.
 *
 * @param seed the run's seed
 * @param begin when it began, in nanoseconds of the history's clock
 * @param history everything that was asked and answered
 * @param anomalies every promise that was broken
 * @param faults what was injected
 * @param states for each process, how it said it was doing
 */
record Verdict(
        long seed, long begin, History history, List<Anomaly> anomalies, List<Span> faults, List<List<Span>> states) {

    private static final int SHOWN = 20;
    private static final Pattern NAME = Pattern.compile("c\\d+-\\d+");

    /** How long it took a process, after the end of a fault, to call itself ready again, at most; in seconds. */
    double slowestRecovery() {
        return states.stream()
                .flatMap(List::stream)
                .filter(state -> !state.name().equals("ready"))
                .mapToDouble(this::recovery)
                .max()
                .orElse(0);
    }

    private double recovery(Span state) {
        return faults.stream()
                .filter(fault -> fault.from() < state.until() && fault.until() > state.from())
                .max(Comparator.comparingLong(Span::until))
                .map(fault -> new Span("", Math.min(fault.until(), state.until()), state.until()).seconds())
                .orElse(0.0);
    }

    @Override
    public String toString() {
        Map<String, Integer> counts = new TreeMap<>();
        for (Operation operation : history.operations()) {
            counts.merge(describe(operation), 1, Integer::sum);
        }
        Map<Anomaly.Kind, Integer> broken = new EnumMap<>(Anomaly.Kind.class);
        anomalies.forEach(anomaly -> broken.merge(anomaly.kind(), 1, Integer::sum));
        Map<String, Long> kinds =
                faults.stream().collect(Collectors.groupingBy(Span::name, TreeMap::new, Collectors.counting()));
        StringBuilder text = new StringBuilder();
        text.append("seed ").append(seed).append('\n');
        text.append(faults.size()).append(" faults ").append(kinds).append('\n');
        text.append(history.operations().size())
                .append(" calls ")
                .append(counts)
                .append('\n');
        text.append(String.format(Locale.ROOT, "slowest recovery after a fault %.2f s%n", slowestRecovery()));
        text.append(String.format(
                Locale.ROOT,
                "%d lost, %d doubled, %d out of order; all anomalies: %s%n",
                broken.getOrDefault(Anomaly.Kind.LOST, 0),
                broken.getOrDefault(Anomaly.Kind.DOUBLED, 0),
                broken.getOrDefault(Anomaly.Kind.OUT_OF_ORDER, 0),
                broken));
        anomalies.stream().limit(SHOWN).forEach(anomaly -> {
            text.append("  ").append(anomaly).append('\n');
            calls(anomaly).forEach(call -> text.append("      ").append(call).append('\n'));
        });
        return text.append(anomalies.isEmpty() ? "VALID" : "NOT VALID").toString();
    }

    /** Every attempt to append a message that the anomaly names. */
    private Stream<String> calls(Anomaly anomaly) {
        Set<String> names =
                NAME.matcher(anomaly.detail()).results().map(MatchResult::group).collect(Collectors.toSet());
        return history.operations().stream()
                .filter(operation ->
                        operation instanceof Operation.Append append && !Collections.disjoint(append.messages(), names))
                .limit(SHOWN)
                .map(operation -> String.format(
                        Locale.ROOT,
                        "%.3f to %.3f s, process %d: %s %s",
                        new Span("", begin, operation.call().invoked()).seconds(),
                        new Span("", begin, operation.call().completed()).seconds(),
                        operation.call().process(),
                        describe(operation),
                        ((Operation.Append) operation).messages()));
    }

    static String describe(Operation operation) {
        return switch (operation) {
            case Operation.Append append -> "append " + describe(append.outcome());
            case Operation.Clear clear -> "clear " + describe(clear.outcome());
            case Operation.Read read -> read.live() ? "read live" : "read degraded";
        };
    }

    private static String describe(Outcome outcome) {
        return switch (outcome) {
            case Outcome.Done done -> "done";
            case Outcome.Accepted accepted -> "accepted";
            case Outcome.Refused refused -> "refused " + refused.reason().replace("urn:colloquy:problem:", "");
            case Outcome.Unknown unknown -> "unknown " + unknown.reason().replace("urn:colloquy:problem:", "");
        };
    }
}
