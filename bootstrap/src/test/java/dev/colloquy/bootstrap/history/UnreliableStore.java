package dev.colloquy.bootstrap.history;

import dev.colloquy.domain.conversation.AgentId;
import dev.colloquy.domain.conversation.Append;
import dev.colloquy.domain.conversation.ClearReceipt;
import dev.colloquy.domain.conversation.Conversation;
import dev.colloquy.domain.conversation.ConversationId;
import dev.colloquy.domain.conversation.ConversationPage;
import dev.colloquy.domain.conversation.ConversationView;
import dev.colloquy.domain.conversation.MessageRange;
import dev.colloquy.domain.conversation.PageRequest;
import dev.colloquy.domain.conversation.Receipt;
import dev.colloquy.domain.error.StoreUnavailable;
import dev.colloquy.domain.port.out.ConversationStore;
import dev.colloquy.domain.port.out.StoreHealth;
import dev.colloquy.domain.retention.Retention;
import java.time.Instant;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/** A correct store that can be away, and that can lose its answers. Safe for any number of threads. */
final class UnreliableStore implements ConversationStore {

    /** How it is. */
    enum Mode {
        WELL,
        /** It does what it is asked, and says that it is unavailable. */
        MUTE,
        AWAY
    }

    private final Map<ConversationId, Conversation> conversations = new HashMap<>();
    private Mode mode = Mode.WELL;

    synchronized void become(Mode next) {
        mode = next;
    }

    @Override
    public synchronized Receipt append(ConversationId id, Append append) {
        requireThere();
        Conversation.Appended appended =
                conversations.getOrDefault(id, Conversation.empty(id)).append(append, Instant.EPOCH);
        conversations.put(id, appended.conversation());
        requireWell();
        return appended.receipt();
    }

    @Override
    public synchronized ConversationView read(ConversationId id, MessageRange range, Retention retention) {
        requireThere();
        requireWell();
        return conversations.getOrDefault(id, Conversation.empty(id)).view(range);
    }

    @Override
    public synchronized ClearReceipt clear(ConversationId id) {
        requireThere();
        conversations.remove(id);
        requireWell();
        return ClearReceipt.CLEARED;
    }

    @Override
    public ConversationPage list(AgentId agent, PageRequest page) {
        return new ConversationPage(List.of(), null);
    }

    @Override
    public synchronized StoreHealth checkHealth() {
        return mode == Mode.WELL ? StoreHealth.live("well") : StoreHealth.unavailable("away");
    }

    private void requireThere() {
        if (mode == Mode.AWAY) {
            throw new StoreUnavailable("away", null);
        }
    }

    private void requireWell() {
        if (mode == Mode.MUTE) {
            throw new StoreUnavailable("no answer", null);
        }
    }
}
