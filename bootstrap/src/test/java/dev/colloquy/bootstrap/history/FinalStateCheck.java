package dev.colloquy.bootstrap.history;

import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;

/** In the end everything acknowledged is there once, in order, without a gap; what was cleared or refused is not. */
final class FinalStateCheck implements Check {

    @Override
    public List<Anomaly> violations(ConversationHistory conversation) {
        List<Anomaly> found = new ArrayList<>(
                StateCheck.violations(conversation, "in the end", conversation.finals(), Long.MAX_VALUE));
        Set<String> present = new HashSet<>();
        conversation.finals().forEach(entry -> present.add(entry.message()));
        for (Deed append : conversation.appends()) {
            for (String message : append.messages()) {
                if (present.contains(message)) {
                    resurrected(conversation, append, message, found);
                } else if (append.acknowledged() && !conversation.mayBeClearedAfter(append, Long.MAX_VALUE)) {
                    found.add(conversation.anomaly(
                            Anomaly.Kind.LOST, message + ", " + append.status() + " by process " + append.process()));
                }
            }
        }
        return found;
    }

    private static void resurrected(
            ConversationHistory conversation, Deed append, String message, List<Anomaly> found) {
        conversation.clears().stream()
                .filter(Deed::acknowledged)
                .filter(append::before)
                .findFirst()
                .ifPresent(clear -> found.add(conversation.anomaly(
                        Anomaly.Kind.RESURRECTED,
                        message + ", cleared later through process " + clear.process() + " by client "
                                + clear.client())));
    }
}
