package dev.colloquy.bootstrap.history;

import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;

/** A receipt names the sequence number under which the message is read ever after. */
final class ReceiptCheck implements Check {

    @Override
    public List<Anomaly> violations(ConversationHistory conversation) {
        List<Anomaly> found = new ArrayList<>();
        Set<Entry> compared = new HashSet<>();
        conversation.liveReads().forEach(read -> compare(conversation, read.entries(), compared, found));
        compare(conversation, conversation.finals(), compared, found);
        return found;
    }

    private static void compare(
            ConversationHistory conversation, List<Entry> state, Set<Entry> compared, List<Anomaly> found) {
        for (Entry entry : state) {
            if (!compared.add(entry)) {
                continue;
            }
            Deed append = conversation.appendOf(entry.message()).orElse(null);
            if (append == null || append.status() != Deed.Status.DONE) {
                continue;
            }
            long named = append.sequence() + append.messages().indexOf(entry.message());
            // Stored by one attempt, cleared, and stored anew by the next: the receipt is about the last of them.
            boolean storedTwice = conversation.mayBeClearedBetween(append.begin(), append.end());
            if (named != entry.sequence() && !storedTwice) {
                found.add(conversation.anomaly(
                        Anomaly.Kind.RECEIPT_DISAGREES, "the receipt says " + named + ", a read says " + entry));
            }
        }
    }
}
