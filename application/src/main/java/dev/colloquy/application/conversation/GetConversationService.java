package dev.colloquy.application.conversation;

import dev.colloquy.domain.conversation.ConversationId;
import dev.colloquy.domain.conversation.ConversationView;
import dev.colloquy.domain.conversation.MessageRange;
import dev.colloquy.domain.port.in.GetConversationUseCase;
import dev.colloquy.domain.port.out.ConversationStore;

/** Reads under the agent's retention, which a read may start anew. */
record GetConversationService(ConversationStore store, RetentionPolicy retention) implements GetConversationUseCase {

    @Override
    public ConversationView getConversation(ConversationId conversation, MessageRange range) {
        return store.read(conversation, range, retention.retentionFor(conversation.agent()));
    }
}
