package dev.colloquy.bootstrap.journal;

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
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;

/** The domain's own conversations as a store that can be switched off. */
public final class HeldConversations implements ConversationStore {

    public volatile boolean isUp;

    /** Called first in each append while it is up; may throw. */
    volatile Runnable beforeAppend = () -> {};

    /** Called first whenever somebody asks how the store is. */
    volatile Runnable beforeHealth = () -> {};

    private final Map<ConversationId, Conversation> conversations = new ConcurrentHashMap<>();

    public HeldConversations(boolean isUp) {
        this.isUp = isUp;
    }

    List<String> ids(ConversationId id) {
        return conversations.getOrDefault(id, Conversation.empty(id)).view(MessageRange.all()).messages().stream()
                .map(each -> each.message().id().value())
                .toList();
    }

    @Override
    public Receipt append(ConversationId id, Append append) {
        requireUp();
        beforeAppend.run();
        Receipt[] receipt = new Receipt[1];
        conversations.compute(id, (key, old) -> {
            var appended = (old == null ? Conversation.empty(id) : old).append(append, Instant.EPOCH);
            receipt[0] = appended.receipt();
            return appended.conversation();
        });
        return receipt[0];
    }

    @Override
    public ConversationView read(ConversationId id, MessageRange range, Retention retention) {
        requireUp();
        return conversations.getOrDefault(id, Conversation.empty(id)).view(range);
    }

    @Override
    public ClearReceipt clear(ConversationId id) {
        requireUp();
        conversations.remove(id);
        return ClearReceipt.CLEARED;
    }

    @Override
    public ConversationPage list(AgentId agent, PageRequest page) {
        throw new UnsupportedOperationException();
    }

    @Override
    public StoreHealth checkHealth() {
        beforeHealth.run();
        return isUp ? StoreHealth.live("up") : StoreHealth.unavailable("down");
    }

    private void requireUp() {
        if (!isUp) {
            throw new StoreUnavailable("switched off at 10.0.0.1", null);
        }
    }
}
