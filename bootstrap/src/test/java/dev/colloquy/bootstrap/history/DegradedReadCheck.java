package dev.colloquy.bootstrap.history;

import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;

/** A degraded read may lack messages, but it never shows one twice, one refused, or one that nobody sent. */
final class DegradedReadCheck implements Check {

    @Override
    public List<Anomaly> violations(ConversationHistory conversation) {
        List<Anomaly> found = new ArrayList<>();
        for (Operation.Read read : conversation.degradedReads()) {
            Set<String> seen = new HashSet<>();
            for (Entry entry : read.entries()) {
                if (!seen.add(entry.message())) {
                    found.add(conversation.anomaly(Anomaly.Kind.DOUBLED, "degraded " + describe(read, entry)));
                }
                Deed append = conversation.appendOf(entry.message()).orElse(null);
                if (append == null || append.begin() > read.call().completed()) {
                    found.add(conversation.anomaly(Anomaly.Kind.INVENTED, "degraded " + describe(read, entry)));
                } else if (append.status() == Deed.Status.REFUSED) {
                    found.add(
                            conversation.anomaly(Anomaly.Kind.REFUSED_BUT_STORED, "degraded " + describe(read, entry)));
                }
            }
        }
        return found;
    }

    private static String describe(Operation.Read read, Entry entry) {
        return GrowthCheck.describe(read) + ": " + entry;
    }
}
