package dev.colloquy.bootstrap.history;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** What happened to one conversation, as deeds and reads. */
final class ConversationHistory {

    private final String name;
    private final List<Deed> appends;
    private final Map<String, Deed> byMessage = new HashMap<>();
    private final List<Deed> clears;
    private final List<Operation.Read> liveReads;
    private final List<Operation.Read> degradedReads;
    private final List<Entry> finals;

    private ConversationHistory(String name, List<Operation> operations, List<Entry> finals) {
        this.name = name;
        this.finals = finals;
        Map<List<String>, Deed> batches = new LinkedHashMap<>();
        Map<Long, Deed> removals = new LinkedHashMap<>();
        List<Operation.Read> live = new ArrayList<>();
        List<Operation.Read> degraded = new ArrayList<>();
        for (Operation operation : operations) {
            switch (operation) {
                case Operation.Append(Operation.Call call, List<String> messages, Outcome outcome) ->
                    batches.compute(
                            messages,
                            (key, deed) ->
                                    deed == null ? Deed.first(call, messages, outcome) : deed.again(call, outcome));
                case Operation.Clear(Operation.Call call, long clear, Outcome outcome) ->
                    removals.compute(
                            clear,
                            (key, deed) ->
                                    deed == null ? Deed.first(call, List.of(), outcome) : deed.again(call, outcome));
                case Operation.Read read -> (read.live() ? live : degraded).add(read);
            }
        }
        appends = List.copyOf(batches.values());
        clears = removals.values().stream()
                .filter(clear -> clear.status() != Deed.Status.REFUSED)
                .toList();
        liveReads = List.copyOf(live);
        degradedReads = List.copyOf(degraded);
        for (Deed append : appends) {
            append.messages().forEach(message -> byMessage.put(message, append));
        }
    }

    /** The conversations of a history. */
    static List<ConversationHistory> of(History history) {
        Map<String, List<Operation>> operations = new LinkedHashMap<>();
        history.finals().keySet().forEach(name -> operations.put(name, new ArrayList<>()));
        history.operations().stream()
                .sorted(Comparator.comparingLong(operation -> operation.call().invoked()))
                .forEach(operation -> operations
                        .computeIfAbsent(operation.call().conversation(), name -> new ArrayList<>())
                        .add(operation));
        return operations.entrySet().stream()
                .map(entry -> new ConversationHistory(
                        entry.getKey(), entry.getValue(), history.finals().getOrDefault(entry.getKey(), List.of())))
                .toList();
    }

    String name() {
        return name;
    }

    /** What was to be appended, in the order of the first attempts. */
    List<Deed> appends() {
        return appends;
    }

    /** The append of a message, if anybody ever sent it. */
    Optional<Deed> appendOf(String message) {
        return Optional.ofNullable(byMessage.get(message));
    }

    /** Every clear that happened or may have. */
    List<Deed> clears() {
        return clears;
    }

    /** Reads that the store answered, in the order in which they began. */
    List<Operation.Read> liveReads() {
        return liveReads;
    }

    /** Reads that a process answered from what it knew. */
    List<Operation.Read> degradedReads() {
        return degradedReads;
    }

    /** What is there in the end. */
    List<Entry> finals() {
        return finals;
    }

    /** Whether some clear may have taken effect behind the deed and before a time. */
    boolean mayBeClearedAfter(Deed deed, long until) {
        return clears.stream().anyMatch(clear -> clear.begin() < until && !clear.before(deed));
    }

    /** Whether some clear may have taken effect between two times. */
    boolean mayBeClearedBetween(long from, long until) {
        return clears.stream()
                .anyMatch(clear -> clear.begin() < until && (clear.status() != Deed.Status.DONE || clear.end() > from));
    }

    /**
     * When nothing of a deed happens any more: when it was done, or when the process that promised it answered a live
     * read, which it does only when nothing waits. The end of time if nothing tells.
     */
    long settled(Deed deed) {
        return switch (deed.status()) {
            case DONE, REFUSED -> deed.end();
            case ACCEPTED ->
                liveReads.stream()
                        .map(Operation.Read::call)
                        .filter(call -> call.process() == deed.process() && call.invoked() > deed.end())
                        .mapToLong(Operation.Call::completed)
                        .min()
                        .orElse(Long.MAX_VALUE);
            case UNKNOWN -> Long.MAX_VALUE;
        };
    }

    Anomaly anomaly(Anomaly.Kind kind, String detail) {
        return new Anomaly(kind, name, detail);
    }
}
