package dev.colloquy.bootstrap.telemetry;

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

/** A store whose every operation is timed and, where traces are sent, has a span. It changes nothing else. */
final class ObservedConversationStore implements ConversationStore {

    private final ConversationStore observed;
    private final StoreOperations operations;

    ObservedConversationStore(ConversationStore observed, StoreOperations operations) {
        this.observed = observed;
        this.operations = operations;
    }

    @Override
    public Receipt append(ConversationId id, Append append) {
        return operations.observe("append", id.agent(), () -> observed.append(id, append), receipt -> switch (receipt) {
            case Receipt.Stored stored -> stored.replay() ? "replayed" : "stored";
            case Receipt.Accepted accepted -> "accepted";
        });
    }

    @Override
    public ConversationView read(ConversationId id, MessageRange range, Retention retention) {
        return operations.observe(
                "read",
                id.agent(),
                () -> observed.read(id, range, retention),
                view -> view.state() == ConversationView.State.LIVE ? "read" : "degraded");
    }

    @Override
    public ClearReceipt clear(ConversationId id) {
        return operations.observe(
                "clear",
                id.agent(),
                () -> observed.clear(id),
                receipt -> receipt == ClearReceipt.CLEARED ? "cleared" : "accepted");
    }

    @Override
    public ConversationPage list(AgentId agent, PageRequest page) {
        return operations.observe("list", agent, () -> observed.list(agent, page), listed -> "listed");
    }

    @Override
    public StoreHealth checkHealth() {
        return observed.checkHealth();
    }
}
