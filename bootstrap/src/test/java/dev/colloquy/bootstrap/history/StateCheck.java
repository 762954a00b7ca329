package dev.colloquy.bootstrap.history;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;

/** What must hold for every state that the store ever showed: in a live read, or in the end. */
final class StateCheck {

    private final ConversationHistory conversation;
    private final String where;
    private final List<Entry> state;
    private final long seenUntil;
    private final List<Anomaly> anomalies = new ArrayList<>();

    private StateCheck(ConversationHistory conversation, String where, List<Entry> state, long seenUntil) {
        this.conversation = conversation;
        this.where = where;
        this.state = state;
        this.seenUntil = seenUntil;
    }

    /**
     * What is wrong with a state.
     *
     * @param where what to call it
     * @param seenUntil when the answer that showed it was complete
     */
    static List<Anomaly> violations(ConversationHistory conversation, String where, List<Entry> state, long seenUntil) {
        StateCheck check = new StateCheck(conversation, where, state, seenUntil);
        check.sequence();
        check.origin();
        check.batches();
        check.order();
        return check.anomalies;
    }

    private void report(Anomaly.Kind kind, String detail) {
        anomalies.add(conversation.anomaly(kind, where + ": " + detail));
    }

    private void sequence() {
        for (int i = 0; i < state.size(); i++) {
            if (state.get(i).sequence() != i + 1) {
                report(Anomaly.Kind.GAP, "place " + (i + 1) + " holds " + state.get(i));
                return;
            }
        }
    }

    private void origin() {
        Set<String> seen = new HashSet<>();
        for (Entry entry : state) {
            if (!seen.add(entry.message())) {
                report(Anomaly.Kind.DOUBLED, entry.toString());
            }
            Deed append = conversation.appendOf(entry.message()).orElse(null);
            if (append == null || append.begin() > seenUntil) {
                report(Anomaly.Kind.INVENTED, entry.toString());
            } else if (append.status() == Deed.Status.REFUSED) {
                report(Anomaly.Kind.REFUSED_BUT_STORED, entry.toString());
            }
        }
    }

    private void batches() {
        List<String> messages = state.stream().map(Entry::message).toList();
        int i = 0;
        while (i < messages.size()) {
            List<String> batch =
                    conversation.appendOf(messages.get(i)).map(Deed::messages).orElse(List.of(messages.get(i)));
            int end = i + batch.size();
            if (end > messages.size() || !messages.subList(i, end).equals(batch)) {
                report(Anomaly.Kind.TORN_BATCH, batch + " at place " + (i + 1));
                return;
            }
            i = end;
        }
    }

    /** From the end to the beginning: nothing may stand before something that was certain to come first. */
    private void order() {
        Deed[] earliestDone = new Deed[1];
        Map<Integer, Deed> earliestOfProcess = new HashMap<>();
        for (Entry entry : state.reversed()) {
            Deed deed = conversation.appendOf(entry.message()).orElse(null);
            if (deed == null) {
                continue;
            }
            for (Deed later : Arrays.asList(earliestDone[0], earliestOfProcess.get(deed.process()))) {
                if (later != null && later.before(deed)) {
                    report(
                            Anomaly.Kind.OUT_OF_ORDER,
                            deed.messages() + " stand before " + later.messages() + ", acknowledged earlier");
                    return;
                }
            }
            if (deed.acknowledged()) {
                earliestOfProcess.merge(deed.process(), deed, StateCheck::earlier);
            }
            if (deed.status() == Deed.Status.DONE) {
                earliestDone[0] = earliestDone[0] == null ? deed : earlier(earliestDone[0], deed);
            }
        }
    }

    private static Deed earlier(Deed left, Deed right) {
        return left.end() <= right.end() ? left : right;
    }
}
