package dev.colloquy.application.outbox;

import dev.colloquy.domain.conversation.AgentId;
import dev.colloquy.domain.conversation.Append;
import dev.colloquy.domain.conversation.ClearReceipt;
import dev.colloquy.domain.conversation.Conversation;
import dev.colloquy.domain.conversation.ConversationId;
import dev.colloquy.domain.conversation.ConversationView;
import dev.colloquy.domain.conversation.ExpectedPosition;
import dev.colloquy.domain.conversation.Message;
import dev.colloquy.domain.conversation.MessageId;
import dev.colloquy.domain.conversation.MessageRange;
import dev.colloquy.domain.conversation.Receipt;
import dev.colloquy.domain.conversation.SequencedMessage;
import dev.colloquy.domain.error.MessageIdConflict;
import dev.colloquy.domain.error.OutboxFull;
import dev.colloquy.domain.error.StoreUnavailable;
import dev.colloquy.domain.retention.Retention;
import java.time.Duration;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.Collections;
import java.util.Comparator;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * What an outage may do and may not, in the simplest words: a store of aggregates, a list of what waits for it, and
 * whether the store is believed to be away.
 *
 * <ul>
 *   <li>Nothing goes to the store that would overtake what waits for its conversation.
 *   <li>What was accepted is carried out once, in order, whatever was stored already without anybody knowing; appends to
 *       one conversation in one step, where the store lets them.
 *   <li>A degraded read shows what the conversation will be once all that waits is carried out.
 *   <li>A condition is never decided by guessing, a conflict never forgotten, a refusal never half carried out.
 * </ul>
 */
final class OutageModel {

    static final ConversationId ALEX = ConversationId.of("plain", "alex");
    static final ConversationId BO = ConversationId.of("plain", "bo");
    static final ConversationId CAPPED = ConversationId.of("capped", "alex");
    static final ConversationId ACCESSED = ConversationId.of("accessed", "alex");
    static final List<ConversationId> CONVERSATIONS = List.of(ALEX, BO, CAPPED, ACCESSED);
    static final Set<ConversationId> OTHERS_STORE_IN = Set.of(ALEX, BO);
    static final int MOST_WAITING = 10;

    private static final Duration HOUR = Duration.ofHours(1);

    /** Something accepted: a batch to append, or a clear if there is none. */
    private static final class Entry {
        final ConversationId id;
        final @Nullable Append append;
        /** Whether the store may have carried it out already. */
        boolean wasTried;
        /** Whether it is carried out alone, as it failed together with others. */
        boolean isApart;
        /** Whether only the journal is in its way. */
        boolean isDone;

        Entry(ConversationId id, @Nullable Append append, boolean wasTried) {
            this.id = id;
            this.append = append;
            this.wasTried = wasTried;
        }

        int weight() {
            return append == null ? 1 : append.messages().size();
        }

        boolean shares(Append other) {
            return append != null && !Collections.disjoint(ids(append.messages()), ids(other.messages()));
        }
    }

    final FaultScript script = new FaultScript();
    boolean isDiskFull;
    final List<List<Message>> keptAside = new ArrayList<>();

    private final InstantSource clock;
    private final Map<ConversationId, Conversation> stored = new HashMap<>();
    private final List<Entry> waiting = new ArrayList<>();
    private boolean isAway;
    private final Set<ConversationId> heldUp = new HashSet<>();
    /** What the store has told this process. */
    private final Map<ConversationId, Set<SequencedMessage>> heard = new HashMap<>();

    OutageModel(InstantSource clock) {
        this.clock = clock;
    }

    static Retention retention(AgentId agent) {
        return switch (agent.value()) {
            case "capped" -> Retention.sinceFirstMessage(HOUR).keepingAtMost(3);
            case "accessed" -> Retention.sinceLastAccess(HOUR);
            default -> Retention.sinceLastMessage(HOUR);
        };
    }

    // What callers see.

    boolean isDegraded() {
        return isAway || !waiting.isEmpty();
    }

    boolean isDegraded(ConversationId id) {
        return isAway || !waiting(id).isEmpty();
    }

    int waitingMessages() {
        return waiting.stream().mapToInt(Entry::weight).sum();
    }

    /** @param answer the real one: only where this process may not have heard of a conflict yet, both are right */
    Receipt append(ConversationId id, Append append, Object answer) {
        StoreUnavailable failure = null;
        if (!isDegraded(id)) {
            try {
                return store(id, append);
            } catch (StoreUnavailable e) {
                failure = e;
                isAway = true;
            }
        }
        if (!(append.expected() instanceof ExpectedPosition.Any)) {
            throw new StoreUnavailable("cannot be decided", null);
        }
        boolean conflicts = conflicts(stored(id), append);
        if (!isKnown(id)) {
            // Which of the two it says depends on what it has heard of: at the latest the replay finds a conflict out.
            boolean isRefused =
                    answer instanceof MessageIdConflict || (failure != null && answer instanceof StoreUnavailable);
            conflicts = isRefused
                    && (conflicts || append.messages().size() > 1 || conflicts(Conversation.empty(id), append));
        }
        if (conflicts) {
            throw failure != null ? failure : new MessageIdConflict("", "");
        }
        if (sinceClear(id).noneMatch(each -> each.shares(append))) {
            boolean mayBeStored = failure != null || (!isCleared(id) && hasHeardOf(id, append));
            accept(new Entry(id, append.asRepetition(), mayBeStored), failure);
        }
        return new Receipt.Accepted(append.messages().stream()
                .map(message -> asItWaits(id, message))
                .toList());
    }

    /** With the time that it was accepted with first. */
    private Message asItWaits(ConversationId id, Message message) {
        return sinceClear(id)
                .map(each -> each.append)
                .filter(Objects::nonNull)
                .flatMap(append -> append.messages().stream())
                .filter(each -> each.id().equals(message.id()))
                .findFirst()
                .orElse(message);
    }

    ClearReceipt clear(ConversationId id) {
        StoreUnavailable failure = null;
        if (!isDegraded(id)) {
            try {
                return remove(id);
            } catch (StoreUnavailable e) {
                failure = e;
                isAway = true;
            }
        }
        List<Entry> before = waiting(id);
        boolean repeats = !before.isEmpty() && before.getLast().append == null && !before.getLast().wasTried;
        if (!repeats) {
            accept(new Entry(id, null, false), failure);
        }
        return ClearReceipt.ACCEPTED;
    }

    private void accept(Entry entry, @Nullable StoreUnavailable failure) {
        if (waitingMessages() + entry.weight() > MOST_WAITING) {
            throw failure != null ? failure : new OutboxFull("", Duration.ZERO);
        }
        if (isDiskFull) {
            throw new StoreUnavailable("disk full", null);
        }
        waiting.add(entry);
    }

    ConversationView read(ConversationId id, MessageRange range) {
        if (!isDegraded(id)) {
            if (!script.isAway()) {
                stored.put(id, accessed(id));
                ConversationView view = stored(id).view(range);
                heard(id).addAll(view.messages());
                return view;
            }
            isAway = true;
        }
        Conversation before = isCleared(id) ? Conversation.empty(id) : stored(id);
        long end = lastSequence(before);
        MessageRange counted = range instanceof MessageRange.After ? MessageRange.all() : range;
        List<SequencedMessage> messages =
                after(stored(id), new ArrayList<>()).view(counted).messages();
        List<SequencedMessage> old =
                messages.stream().filter(each -> each.sequence() <= end).toList();
        List<Message> pending = messages.stream()
                .filter(each -> each.sequence() > end)
                .map(SequencedMessage::message)
                .toList();
        if (range instanceof MessageRange.After(long sequence, int limit)) {
            old = old.stream()
                    .filter(each -> each.sequence() > sequence)
                    .limit(limit)
                    .toList();
            pending = pending.stream().limit(limit - old.size()).toList();
        }
        return new ConversationView(
                id, old, before.length(), before.last().orElse(null), null, ConversationView.State.DEGRADED, pending);
    }

    List<ConversationId> list(AgentId agent) {
        if (isAway || waiting.stream().anyMatch(each -> each.id.agent().equals(agent))) {
            throw new StoreUnavailable("not complete", null);
        }
        return script.ask(() -> CONVERSATIONS.stream()
                .filter(id -> id.agent().equals(agent) && stored(id).length() > 0)
                .toList());
    }

    /** Whether a degraded read shows all of it; else messages may be missing. */
    boolean isKnown(ConversationId id) {
        return isCleared(id) || heard(id).size() == lastSequence(stored(id));
    }

    /** Messages that wait but add nothing, which a process that has not heard of all may not know: repeats, conflicts. */
    List<String> inVain(ConversationId id) {
        List<Message> inVain = new ArrayList<>();
        after(stored(id), inVain);
        return inVain.stream().map(each -> each.id().value()).toList();
    }

    /** Whether nothing waits for it but what will be looked for before it is repeated, however far behind it is. */
    boolean looksFarBehind(ConversationId id) {
        return waiting(id).stream().allMatch(each -> each.wasTried);
    }

    /** Whether only the journal holds something back. It is shown and may not be contradicted, even once it has expired. */
    boolean waitsForTheDisk() {
        return waiting.stream().anyMatch(each -> each.isDone);
    }

    // What happens behind their backs.

    void otherStores(ConversationId id, Append append) {
        stored.put(id, stored(id).append(append, clock.instant()).conversation());
    }

    void restart() {
        waiting.forEach(each -> {
            each.wasTried = each.append != null;
            each.isApart = false;
            each.isDone = false;
        });
        isAway = false;
        heldUp.clear();
        heard.clear();
    }

    /** One look at the store and, if it is back, one try of what waits: the oldest first, what was held up last. */
    void probe() {
        isAway &= script.isAway();
        if (isAway) {
            return;
        }
        List<ConversationId> turns = waiting.stream()
                .map(each -> each.id)
                .distinct()
                .sorted(Comparator.comparing(heldUp::contains))
                .toList();
        for (ConversationId id : turns) {
            replay(id);
            if (isAway) {
                return;
            }
        }
    }

    private void replay(ConversationId id) {
        try {
            List<Entry> entries = waiting(id);
            for (int i = 0; i < entries.size(); i++) {
                List<Entry> together = together(entries.subList(i, entries.size()));
                if (together.size() > 1 && carryOutTogether(id, together)) {
                    i += together.size() - 1;
                    heldUp.remove(id);
                    continue;
                }
                Entry entry = entries.get(i);
                if (!entry.isDone) {
                    if (isDiskFull && entry.append == null) {
                        break;
                    }
                    carryOut(entry);
                    heldUp.remove(id);
                }
                if (entry.append == null) {
                    strikeOff(id);
                }
            }
        } catch (MessageIdConflict e) {
            // It cannot be kept aside now.
        } catch (StoreUnavailable e) {
            isAway = script.isAway();
            if (!isAway) {
                heldUp.add(id);
            }
        }
        strikeOff(id);
    }

    /** The appends at the beginning that may be carried out in one step: no more than the cap keeps. */
    private static List<Entry> together(List<Entry> entries) {
        List<Entry> together = new ArrayList<>();
        int messages = 0;
        for (Entry entry : entries) {
            messages += entry.weight();
            boolean fits = messages <= retention(entry.id.agent()).maxMessages().orElse(MOST_WAITING);
            if (entry.append == null || entry.isDone || entry.isApart || !fits) {
                break;
            }
            together.add(entry);
        }
        return together;
    }

    /** Whether all of them are stored in one step; what fails in it is tried one by one from then on. */
    private boolean carryOutTogether(ConversationId id, List<Entry> entries) {
        try {
            for (Entry entry : entries) {
                if (entry.wasTried && isFound(id, entry.append)) {
                    return false;
                }
            }
            List<Message> messages = entries.stream()
                    .flatMap(each -> each.append.messages().stream())
                    .toList();
            store(id, new Append(messages, ExpectedPosition.any(), retention(id.agent())));
            entries.forEach(each -> each.isDone = true);
            return true;
        } catch (StoreUnavailable | MessageIdConflict e) {
            entries.forEach(each -> each.wasTried = true);
            entries.forEach(each -> each.isApart = true);
            return false;
        }
    }

    private void carryOut(Entry entry) {
        Append append = entry.append;
        if (append == null) {
            entry.wasTried = true;
            remove(entry.id);
        } else {
            append(entry, append);
        }
        entry.isDone = true;
    }

    private void append(Entry entry, Append append) {
        try {
            if (!(entry.wasTried && isFound(entry.id, append))) {
                store(entry.id, append);
            }
        } catch (StoreUnavailable e) {
            entry.wasTried = true;
            throw e;
        } catch (MessageIdConflict e) {
            if (isDiskFull) {
                throw e;
            }
            keptAside.add(append.messages());
            waiting.remove(entry);
        }
    }

    private boolean isFound(ConversationId id, Append append) {
        Conversation read = script.ask(() -> accessed(id));
        stored.put(id, read);
        heard(id).addAll(messages(read));
        return holds(read, append);
    }

    private void strikeOff(ConversationId id) {
        if (!isDiskFull) {
            waiting.removeIf(each -> each.id.equals(id) && each.isDone);
        }
    }

    // The store.

    Conversation stored(ConversationId id) {
        Conversation conversation =
                stored.getOrDefault(id, Conversation.empty(id)).at(clock.instant());
        if (conversation.length() == 0) {
            heard.remove(id);
        }
        return conversation;
    }

    private Set<SequencedMessage> heard(ConversationId id) {
        return heard.computeIfAbsent(id, any -> new HashSet<>());
    }

    private Conversation accessed(ConversationId id) {
        return stored(id).read(retention(id.agent()), clock.instant());
    }

    private Receipt store(ConversationId id, Append append) {
        Receipt.Stored receipt = script.write(() -> {
            Conversation.Appended appended = stored(id).append(append, clock.instant());
            stored.put(id, appended.conversation());
            return appended.receipt();
        });
        // A repetition tells nothing new but to who has not heard of anything as late.
        if (!receipt.replay() || heard(id).stream().allMatch(each -> each.sequence() < receipt.lastSequence())) {
            heard(id).addAll(receipt.messages());
        }
        return receipt;
    }

    private ClearReceipt remove(ConversationId id) {
        return script.write(() -> {
            stored.remove(id);
            return ClearReceipt.CLEARED;
        });
    }

    // What waits.

    private List<Entry> waiting(ConversationId id) {
        return waiting.stream().filter(each -> each.id.equals(id)).toList();
    }

    private Stream<Entry> sinceClear(ConversationId id) {
        return waiting(id).reversed().stream().takeWhile(each -> each.append != null);
    }

    private boolean isCleared(ConversationId id) {
        return waiting(id).stream().anyMatch(each -> each.append == null);
    }

    /** What a conversation will be once all that waits for it is carried out. */
    private Conversation after(Conversation start, List<Message> inVain) {
        Conversation conversation = start;
        for (Entry entry : waiting(start.id())) {
            Append append = entry.append;
            if (append == null) {
                conversation = Conversation.empty(start.id());
                continue;
            }
            Conversation before = conversation;
            if (!entry.isDone && !(entry.wasTried && holds(conversation, append))) {
                conversation = appended(conversation, append);
            }
            if (conversation == before) {
                inVain.addAll(append.messages());
            }
        }
        return conversation;
    }

    private Conversation appended(Conversation conversation, Append append) {
        try {
            return conversation.append(append, clock.instant()).conversation();
        } catch (MessageIdConflict e) {
            return conversation;
        }
    }

    private boolean conflicts(Conversation start, Append append) {
        try {
            after(start, new ArrayList<>()).append(append.asRepetition(), clock.instant());
            return false;
        } catch (MessageIdConflict e) {
            return true;
        }
    }

    private static boolean holds(Conversation conversation, Append append) {
        List<Message> messages = unnumbered(messages(conversation));
        return append.messages().stream().allMatch(mine -> messages.stream().anyMatch(mine::repeats));
    }

    private boolean hasHeardOf(ConversationId id, Append append) {
        stored(id);
        return heard(id).stream()
                .anyMatch(each -> ids(append.messages()).contains(each.message().id()));
    }

    private static List<SequencedMessage> messages(Conversation conversation) {
        return conversation.view(MessageRange.all()).messages();
    }

    private static List<Message> unnumbered(List<SequencedMessage> messages) {
        return messages.stream().map(SequencedMessage::message).toList();
    }

    private static List<MessageId> ids(List<Message> messages) {
        return messages.stream().map(Message::id).toList();
    }

    private static long lastSequence(Conversation conversation) {
        return conversation.last().map(each -> each.sequence()).orElse(0L);
    }
}
