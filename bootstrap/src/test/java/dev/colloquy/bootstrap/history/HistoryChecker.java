package dev.colloquy.bootstrap.history;

import java.util.List;

/**
 * Proves from the outside that the promises were kept, in the manner of Jepsen's list-append check: each message has a
 * name of its own, so that a list of names shows what was lost, doubled or moved.
 *
 * <p>It never accuses wrongly: a clear that was under way at the same time as an append may come before or behind it,
 * and an outcome that nobody knows may go either way.
 */
final class HistoryChecker {

    private static final List<Check> CHECKS = List.of(
            new FinalStateCheck(),
            new ReceiptCheck(),
            new GrowthCheck(),
            new FreshnessCheck(),
            new DegradedReadCheck());

    private HistoryChecker() {}

    /** The anomalies of a history; none if every promise was kept. */
    static List<Anomaly> check(History history) {
        return ConversationHistory.of(history).parallelStream()
                .flatMap(conversation -> CHECKS.stream().flatMap(check -> check.violations(conversation).stream()))
                .toList();
    }
}
