package dev.colloquy.bootstrap.history;

import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;

/**
 * A live read holds every message that was stored before it began, and every message that the process that answers had
 * promised before it began: while one still waits in its outbox, the process must not call its answers live. It holds
 * no message that was removed before the read began.
 */
final class FreshnessCheck implements Check {

    @Override
    public List<Anomaly> violations(ConversationHistory conversation) {
        List<Anomaly> found = new ArrayList<>();
        for (Operation.Read read : conversation.liveReads()) {
            Set<String> seen = new HashSet<>();
            read.entries().forEach(entry -> seen.add(entry.message()));
            Deed asDeed = Deed.first(read.call(), List.of(), Outcome.done());
            for (Deed append : conversation.appends()) {
                if (append.before(asDeed)
                        && !seen.containsAll(append.messages())
                        && !conversation.mayBeClearedAfter(append, read.call().completed())) {
                    found.add(conversation.anomaly(
                            Anomaly.Kind.STALE_READ, GrowthCheck.describe(read) + " lacks " + append.messages()));
                    break;
                }
            }
            resurrected(conversation, read, asDeed, found);
        }
        return found;
    }

    private static void resurrected(
            ConversationHistory conversation, Operation.Read read, Deed asDeed, List<Anomaly> found) {
        List<Deed> removals = conversation.clears().stream()
                .filter(clear -> clear.before(asDeed))
                .toList();
        if (removals.isEmpty()) {
            return;
        }
        for (Entry entry : read.entries()) {
            boolean removed = conversation
                    .appendOf(entry.message())
                    .filter(append -> removals.stream().anyMatch(append::before))
                    .isPresent();
            if (removed) {
                found.add(conversation.anomaly(
                        Anomaly.Kind.RESURRECTED, GrowthCheck.describe(read) + " still shows " + entry));
                return;
            }
        }
    }
}
