package dev.colloquy.application.outbox;

import dev.colloquy.domain.conversation.Append;
import dev.colloquy.domain.conversation.Message;
import dev.colloquy.domain.conversation.MessageId;
import dev.colloquy.domain.conversation.SequencedMessage;
import dev.colloquy.domain.error.MessageIdConflict;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.HashMap;
import java.util.HashSet;
import java.util.Iterator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.stream.Collectors;

/** What waits for one conversation, in order. Guarded by the outbox's lock. */
final class ConversationQueue {

    private record Pending(Message message, Waiting waiting) {}

    private final Deque<Waiting> entries = new ArrayDeque<>();
    // The messages since the latest clear that waits, by their order; and where each one stands there.
    private final TreeMap<Long, Pending> pending = new TreeMap<>();
    private final Map<MessageId, Long> places = new HashMap<>();
    private long nextPlace;
    private int clears;

    boolean isEmpty() {
        return entries.isEmpty();
    }

    Waiting head() {
        return entries.getFirst();
    }

    List<Waiting> entries() {
        return List.copyOf(entries);
    }

    /** Whether a clear waits, so that what the store held before does not count any more. */
    boolean isCleared() {
        return clears > 0;
    }

    /** What waits, as far as it is accepted. */
    Outbox.Pending pending() {
        List<Message> accepted = new ArrayList<>();
        Set<MessageId> perhapsStored = new HashSet<>();
        int replayed = 0;
        for (Pending each : pending.values()) {
            if (each.waiting().isAccepted()) {
                // Others may be replayed while this goes on: what was replayed comes first.
                if (each.waiting().isDone() && replayed == accepted.size()) {
                    replayed++;
                }
                accepted.add(each.message());
                if (each.waiting().mayBeStoredUnreplayed()) {
                    perhapsStored.add(each.message().id());
                }
            }
        }
        return new Outbox.Pending(isCleared(), accepted, replayed, perhapsStored);
    }

    void add(Waiting waiting) {
        entries.addLast(waiting);
        if (waiting.entry() instanceof OutboxEntry.Cleared) {
            clears++;
        }
        follow(waiting);
    }

    private void follow(Waiting waiting) {
        switch (waiting.entry()) {
            case OutboxEntry.Appended appended -> {
                for (Message message : appended.append().messages()) {
                    places.put(message.id(), nextPlace);
                    pending.put(nextPlace++, new Pending(message, waiting));
                }
            }
            case OutboxEntry.Cleared cleared -> forgetAll();
        }
    }

    void remove(Waiting waiting) {
        boolean isWithdrawn = waiting != entries.peekFirst();
        entries.remove(waiting);
        switch (waiting.entry()) {
            case OutboxEntry.Appended appended -> appended.append().messages().forEach(each -> forget(each, waiting));
            case OutboxEntry.Cleared cleared -> {
                clears--;
                // Those before it are still there and count again. There are none before one that was carried out, and
                // what is behind that may be much, with a clear for each message.
                if (isWithdrawn) {
                    forgetAll();
                    entries.forEach(this::follow);
                }
            }
        }
    }

    private void forgetAll() {
        pending.clear();
        places.clear();
    }

    private void forget(Message message, Waiting waiting) {
        Long place = places.get(message.id());
        Pending found = place == null ? null : pending.get(place);
        if (place != null && found != null && found.waiting() == waiting) {
            pending.remove(place);
            places.remove(message.id());
        }
    }

    /**
     * The entries that an append repeats, or none if its messages are new here.
     *
     * @throws MessageIdConflict if some of its ids are known but it is not a repeat
     */
    List<Waiting> repeatedBy(Append append) {
        List<Message> batch = append.messages();
        Long first = places.get(batch.getFirst().id());
        if (first == null) {
            for (Message message : batch) {
                if (places.containsKey(message.id())) {
                    throw new MessageIdConflict(message.id().value(), "the batch is new before it");
                }
            }
            return List.of();
        }
        List<Waiting> repeated = new ArrayList<>();
        Iterator<Pending> known = pending.tailMap(first).values().iterator();
        for (Message message : batch) {
            Pending there = known.hasNext() ? known.next() : null;
            if (there == null || !there.message().id().equals(message.id())) {
                throw new MessageIdConflict(batch.getFirst().id().value(), "the batch goes on in another way");
            }
            if (!there.message().repeats(message)) {
                throw new MessageIdConflict(message.id().value(), "with other content");
            }
            repeated.add(there.waiting());
        }
        return repeated;
    }

    /**
     * The entries that an append repeats together with messages that the store is known to hold; none if what it holds
     * and what waits, one behind the other, do not show the append's messages as they are.
     */
    List<Waiting> repeatedBehind(List<SequencedMessage> known, Append append) {
        Map<MessageId, Message> row = new LinkedHashMap<>();
        known.forEach(each -> row.put(each.message().id(), each.message()));
        pending.values().forEach(each -> row.putIfAbsent(each.message().id(), each.message()));
        List<Message> batch = append.messages();
        Iterator<Message> there = row.values().stream()
                .dropWhile(each -> !each.id().equals(batch.getFirst().id()))
                .iterator();
        boolean repeats =
                batch.stream().allMatch(each -> there.hasNext() && there.next().repeats(each));
        return repeats ? waitingAmong(batch) : List.of();
    }

    private List<Waiting> waitingAmong(List<Message> messages) {
        Set<MessageId> ids = messages.stream().map(Message::id).collect(Collectors.toSet());
        return pending.values().stream()
                .filter(each -> ids.contains(each.message().id()))
                .map(Pending::waiting)
                .toList();
    }

    /**
     * The clear that another clear repeats: the latest entry, if it is one and its replay has not begun. After that it
     * may leave in the store what others have appended since.
     */
    List<Waiting> repeatedByClear() {
        Waiting latest = entries.peekLast();
        boolean repeated = latest != null && latest.entry() instanceof OutboxEntry.Cleared && !latest.isReplayBegun();
        return repeated ? List.of(latest) : List.of();
    }
}
