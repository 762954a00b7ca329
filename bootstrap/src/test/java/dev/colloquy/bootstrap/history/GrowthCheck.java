package dev.colloquy.bootstrap.history;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.stream.Collectors;

/** Each live read is sound by itself and continues every earlier one, unless a clear may have come between them. */
final class GrowthCheck implements Check {

    @Override
    public List<Anomaly> violations(ConversationHistory conversation) {
        List<Anomaly> found = new ArrayList<>();
        List<Operation.Read> reads = new ArrayList<>(conversation.liveReads());
        reads.sort(Comparator.comparingLong(read -> read.call().completed()));
        Operation.Read end = end(conversation, reads);
        reads.add(end);
        for (Operation.Read read : conversation.liveReads()) {
            found.addAll(StateCheck.violations(
                    conversation, describe(read), read.entries(), read.call().completed()));
        }
        for (int i = 1; i < reads.size(); i++) {
            compare(conversation, reads.subList(0, i), reads.get(i), found);
        }
        compareByFirstMessage(conversation, reads, found);
        return found;
    }

    /** Reads that begin with the same message lie between the same two clears, whenever they were made. */
    private static void compareByFirstMessage(
            ConversationHistory conversation, List<Operation.Read> reads, List<Anomaly> found) {
        reads.stream()
                .filter(read -> !read.entries().isEmpty())
                .filter(read ->
                        mayBeginOnlyOnce(conversation, read.entries().getFirst().message()))
                .collect(Collectors.groupingBy(read -> read.entries().getFirst().message()))
                .values()
                .forEach(alike -> {
                    alike.sort(Comparator.comparingInt(read -> read.entries().size()));
                    for (int i = 1; i < alike.size(); i++) {
                        Operation.Read shorter = alike.get(i - 1);
                        Operation.Read longer = alike.get(i);
                        if (!continues(shorter.entries(), longer.entries())) {
                            found.add(conversation.anomaly(
                                    Anomaly.Kind.FORKED, describe(longer) + " against " + describe(shorter)));
                            return;
                        }
                    }
                });
    }

    /**
     * Until its outcome is settled an append may be stored, cleared by another process and stored again: by its client,
     * which repeats it, by its process, which tries again within a call, or from the outbox.
     */
    private static boolean mayBeginOnlyOnce(ConversationHistory conversation, String message) {
        return conversation
                .appendOf(message)
                .filter(append -> !conversation.mayBeClearedBetween(append.begin(), conversation.settled(append)))
                .isPresent();
    }

    private static Operation.Read end(ConversationHistory conversation, List<Operation.Read> reads) {
        long last = reads.isEmpty() ? 0 : reads.getLast().call().completed();
        var call = new Operation.Call(-1, -1, conversation.name(), last + 1, Long.MAX_VALUE);
        return new Operation.Read(call, true, conversation.finals());
    }

    /** Against the longest read that was complete before this one began: it stands for all earlier ones. */
    private static void compare(
            ConversationHistory conversation, List<Operation.Read> earlier, Operation.Read read, List<Anomaly> found) {
        Operation.Read longest = null;
        for (Operation.Read before : earlier.reversed()) {
            boolean certain = before.call().completed() < read.call().invoked();
            if (certain
                    && conversation.mayBeClearedBetween(
                            before.call().invoked(), read.call().completed())) {
                break;
            }
            if (certain
                    && (longest == null
                            || before.entries().size() > longest.entries().size())) {
                longest = before;
            }
        }
        if (longest != null && !continues(longest.entries(), read.entries())) {
            found.add(conversation.anomaly(
                    Anomaly.Kind.SHRUNK, describe(read) + " does not continue " + describe(longest)));
        }
    }

    private static boolean continues(List<Entry> shorter, List<Entry> longer) {
        return shorter.size() <= longer.size()
                && longer.subList(0, shorter.size()).equals(shorter);
    }

    static String describe(Operation.Read read) {
        if (read.call().process() < 0) {
            return "the end with " + read.entries().size() + " messages";
        }
        return "a read of client " + read.call().client() + " with "
                + read.entries().size() + " messages";
    }
}
