package dev.colloquy.bootstrap.history;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;

/** A history written by hand, of one conversation. */
final class Forged {

    private static final String CONVERSATION = "forged";

    private final List<Operation> operations = new ArrayList<>();
    private List<Entry> end = List.of();

    /** A caller: a client at a process. */
    record Caller(int client, int process) {}

    Forged append(Caller caller, long begin, long finish, Outcome outcome, String... messages) {
        operations.add(new Operation.Append(call(caller, begin, finish), List.of(messages), outcome));
        return this;
    }

    Forged clear(Caller caller, long begin, long finish, Outcome outcome) {
        operations.add(new Operation.Clear(call(caller, begin, finish), operations.size(), outcome));
        return this;
    }

    Forged read(Caller caller, long begin, long finish, String... messages) {
        operations.add(new Operation.Read(call(caller, begin, finish), true, numbered(messages)));
        return this;
    }

    Forged degradedRead(Caller caller, long begin, long finish, String... messages) {
        operations.add(new Operation.Read(call(caller, begin, finish), false, numbered(messages)));
        return this;
    }

    Forged ends(String... messages) {
        end = numbered(messages);
        return this;
    }

    Forged endsWith(Map<Long, String> messages) {
        List<Entry> entries = new ArrayList<>();
        new LinkedHashMap<>(messages).forEach((sequence, message) -> entries.add(new Entry(sequence, message)));
        end = entries;
        return this;
    }

    Set<Anomaly.Kind> anomalies() {
        Set<Anomaly.Kind> kinds = new LinkedHashSet<>();
        HistoryChecker.check(new History(operations, Map.of(CONVERSATION, end)))
                .forEach(anomaly -> kinds.add(anomaly.kind()));
        return kinds;
    }

    private static Operation.Call call(Caller caller, long begin, long finish) {
        return new Operation.Call(caller.client(), caller.process(), CONVERSATION, begin, finish);
    }

    private static List<Entry> numbered(String... messages) {
        List<Entry> entries = new ArrayList<>();
        for (String message : messages) {
            entries.add(new Entry(entries.size() + 1L, message));
        }
        return entries;
    }
}
