package dev.colloquy.application.outbox;

import dev.colloquy.adapter.memory.MemoryConversationStore;
import dev.colloquy.domain.conversation.AgentId;
import dev.colloquy.domain.conversation.Append;
import dev.colloquy.domain.conversation.ClearReceipt;
import dev.colloquy.domain.conversation.ConversationId;
import dev.colloquy.domain.conversation.ConversationPage;
import dev.colloquy.domain.conversation.ConversationView;
import dev.colloquy.domain.conversation.MessageRange;
import dev.colloquy.domain.conversation.PageRequest;
import dev.colloquy.domain.conversation.Receipt;
import dev.colloquy.domain.error.StoreAccessRefused;
import dev.colloquy.domain.error.StoreUnavailable;
import dev.colloquy.domain.port.out.ConversationStore;
import dev.colloquy.domain.port.out.StoreHealth;
import dev.colloquy.domain.retention.Retention;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.BiConsumer;
import java.util.function.Consumer;

/** The store in memory, which can be made unavailable before or after it does its work. */
final class SwitchedStore implements ConversationStore {

    enum Mode {
        UP,
        FAILS_BEFORE_WRITING,
        FAILS_AFTER_WRITING,
        /** Lets nobody in. */
        REFUSES
    }

    volatile Mode mode = Mode.UP;
    /** Called first in each append, in the caller's thread; may throw or wait. */
    volatile Consumer<Append> beforeAppend = append -> {};
    /** Called last in each append that was done, in the caller's thread; may throw or wait. */
    volatile Consumer<Append> afterAppend = append -> {};

    /** Called last in each clear that was done, in the caller's thread; may throw or wait. */
    volatile Runnable afterClear = () -> {};

    /** Called first in each read, in the caller's thread; may throw or wait. */
    volatile BiConsumer<ConversationId, MessageRange> beforeRead = (id, range) -> {};

    /** What a check of the health says unless the mode is up. */
    volatile StoreHealth unwell = StoreHealth.unavailable("switched off");

    final AtomicInteger calls = new AtomicInteger();
    /** What was really appended or cleared, replays left out, in order: {@code user:id}. */
    final List<String> writes = new CopyOnWriteArrayList<>();

    private final MemoryConversationStore memory;

    SwitchedStore(InstantSource clock) {
        memory = new MemoryConversationStore(
                clock,
                () -> Duration.between(Instant.EPOCH, clock.instant()).toNanos(),
                MemoryConversationStore.DEFAULT_MAX_BYTES,
                reason -> {});
    }

    @Override
    public Receipt append(ConversationId id, Append append) {
        calls.incrementAndGet();
        beforeAppend.accept(append);
        failIf(Mode.FAILS_BEFORE_WRITING);
        Receipt receipt = memory.append(id, append);
        if (receipt instanceof Receipt.Stored stored && !stored.replay()) {
            append.messages().forEach(each -> writes.add(id.user() + ":" + each.id()));
        }
        failIf(Mode.FAILS_AFTER_WRITING);
        afterAppend.accept(append);
        return receipt;
    }

    @Override
    public ConversationView read(ConversationId id, MessageRange range, Retention retention) {
        calls.incrementAndGet();
        beforeRead.accept(id, range);
        failUnlessUp();
        return memory.read(id, range, retention);
    }

    @Override
    public ClearReceipt clear(ConversationId id) {
        calls.incrementAndGet();
        failIf(Mode.FAILS_BEFORE_WRITING);
        ClearReceipt receipt = memory.clear(id);
        writes.add(id.user() + ":clear");
        failIf(Mode.FAILS_AFTER_WRITING);
        afterClear.run();
        return receipt;
    }

    @Override
    public ConversationPage list(AgentId agent, PageRequest page) {
        calls.incrementAndGet();
        failUnlessUp();
        return memory.list(agent, page);
    }

    @Override
    public StoreHealth checkHealth() {
        return switch (mode) {
            case UP -> memory.checkHealth();
            case REFUSES -> StoreHealth.refused("wrong password");
            case FAILS_BEFORE_WRITING, FAILS_AFTER_WRITING -> unwell;
        };
    }

    /** What the store really holds. */
    List<String> contents(ConversationId id) {
        return memory.read(id, MessageRange.all(), Retention.DEFAULT).messages().stream()
                .map(each -> each.message().id().value())
                .toList();
    }

    private void failUnlessUp() {
        failIf(Mode.REFUSES);
        if (mode != Mode.UP) {
            throw new StoreUnavailable("switched off", null);
        }
    }

    private void failIf(Mode failing) {
        if (mode == Mode.REFUSES) {
            throw new StoreAccessRefused("wrong password", null);
        }
        if (mode == failing) {
            throw new StoreUnavailable("switched off", null);
        }
    }
}
