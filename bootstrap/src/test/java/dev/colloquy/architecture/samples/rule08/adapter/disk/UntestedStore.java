package dev.colloquy.architecture.samples.rule08.adapter.disk;

import dev.colloquy.domain.conversation.AgentId;
import dev.colloquy.domain.conversation.Append;
import dev.colloquy.domain.conversation.ClearReceipt;
import dev.colloquy.domain.conversation.ConversationId;
import dev.colloquy.domain.conversation.ConversationPage;
import dev.colloquy.domain.conversation.ConversationView;
import dev.colloquy.domain.conversation.MessageRange;
import dev.colloquy.domain.conversation.PageRequest;
import dev.colloquy.domain.conversation.Receipt;
import dev.colloquy.domain.port.out.ConversationStore;
import dev.colloquy.domain.port.out.StoreHealth;
import dev.colloquy.domain.retention.Retention;

/** A store that no contract test has seen. */
record UntestedStore(ConversationStore other) implements ConversationStore {

    @Override
    public Receipt append(ConversationId id, Append append) {
        return other.append(id, append);
    }

    @Override
    public ConversationView read(ConversationId id, MessageRange range, Retention retention) {
        return other.read(id, range, retention);
    }

    @Override
    public ClearReceipt clear(ConversationId id) {
        return other.clear(id);
    }

    @Override
    public ConversationPage list(AgentId agent, PageRequest page) {
        return other.list(agent, page);
    }

    @Override
    public StoreHealth checkHealth() {
        return other.checkHealth();
    }
}
