package dev.colloquy.application.outbox;

import dev.colloquy.domain.conversation.AgentId;
import dev.colloquy.domain.conversation.Append;
import dev.colloquy.domain.conversation.ClearReceipt;
import dev.colloquy.domain.conversation.Conversation;
import dev.colloquy.domain.conversation.ConversationId;
import dev.colloquy.domain.conversation.ConversationPage;
import dev.colloquy.domain.conversation.ConversationView;
import dev.colloquy.domain.conversation.Message;
import dev.colloquy.domain.conversation.MessageRange;
import dev.colloquy.domain.conversation.PageRequest;
import dev.colloquy.domain.conversation.Receipt;
import dev.colloquy.domain.error.StoreUnavailable;
import dev.colloquy.domain.port.out.ConversationStore;
import dev.colloquy.domain.port.out.StoreHealth;
import dev.colloquy.domain.retention.Retention;
import java.time.InstantSource;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.Consumer;

/** The domain's own conversations as a store, which can be made unavailable before or after it does its work. */
final class SwitchedStore implements ConversationStore {

    enum Mode {
        UP,
        FAILS_BEFORE_WRITING,
        FAILS_AFTER_WRITING
    }

    volatile Mode mode = Mode.UP;
    /** Called first in each append, in the caller's thread; may throw or wait. */
    volatile Consumer<Append> beforeAppend = append -> {};
    /** Called last in each append that was done, in the caller's thread; may throw or wait. */
    volatile Consumer<Append> afterAppend = append -> {};

    final AtomicInteger calls = new AtomicInteger();
    /** What was really appended or cleared, replays left out, in order: {@code user:first id}. */
    final List<String> writes = new CopyOnWriteArrayList<>();

    private final Map<ConversationId, Conversation> conversations = new ConcurrentHashMap<>();
    private final InstantSource clock;

    SwitchedStore(InstantSource clock) {
        this.clock = clock;
    }

    @Override
    public Receipt append(ConversationId id, Append append) {
        calls.incrementAndGet();
        beforeAppend.accept(append);
        failIf(Mode.FAILS_BEFORE_WRITING);
        Receipt.Stored[] receipt = new Receipt.Stored[1];
        conversations.compute(id, (key, old) -> {
            Conversation current = old == null ? Conversation.empty(id) : old.at(clock.instant());
            Conversation.Appended appended = current.append(append, clock.instant());
            receipt[0] = appended.receipt();
            if (!receipt[0].replay()) {
                writes.add(id.user() + ":" + append.messages().getFirst().id());
            }
            return appended.conversation();
        });
        failIf(Mode.FAILS_AFTER_WRITING);
        afterAppend.accept(append);
        return receipt[0];
    }

    @Override
    public ConversationView read(ConversationId id, MessageRange range, Retention retention) {
        calls.incrementAndGet();
        failUnlessUp();
        return conversations
                .compute(
                        id,
                        (key, old) -> (old == null ? Conversation.empty(id) : old.at(clock.instant()))
                                .read(retention, clock.instant()))
                .view(range);
    }

    @Override
    public ClearReceipt clear(ConversationId id) {
        calls.incrementAndGet();
        failIf(Mode.FAILS_BEFORE_WRITING);
        conversations.remove(id);
        writes.add(id.user() + ":clear");
        failIf(Mode.FAILS_AFTER_WRITING);
        return ClearReceipt.CLEARED;
    }

    @Override
    public ConversationPage list(AgentId agent, PageRequest page) {
        calls.incrementAndGet();
        failUnlessUp();
        List<ConversationId> found = conversations.values().stream()
                .filter(each -> each.id().agent().equals(agent))
                .filter(each -> each.at(clock.instant()).length() > 0)
                .map(Conversation::id)
                .toList();
        return new ConversationPage(found, null);
    }

    @Override
    public StoreHealth checkHealth() {
        return mode == Mode.UP ? StoreHealth.live("up") : StoreHealth.unavailable("switched off");
    }

    /** What the store really holds. */
    List<String> contents(ConversationId id) {
        Conversation held = conversations.get(id);
        return held == null
                ? List.of()
                : held.view(MessageRange.all()).messages().stream()
                        .map(each -> each.message().id().value())
                        .toList();
    }

    static List<String> ids(List<Message> messages) {
        return messages.stream().map(each -> each.id().value()).toList();
    }

    private void failUnlessUp() {
        if (mode != Mode.UP) {
            throw new StoreUnavailable("switched off", null);
        }
    }

    private void failIf(Mode failing) {
        if (mode == failing) {
            throw new StoreUnavailable("switched off", null);
        }
    }
}
