package dev.colloquy.domain.port.in;

import dev.colloquy.domain.conversation.ConversationId;
import dev.colloquy.domain.conversation.ConversationView;
import dev.colloquy.domain.conversation.MessageRange;

/** Reads a conversation. */
@FunctionalInterface
public interface GetConversationUseCase {

    /**
     * Reads the selected messages as of one instant.
     *
     * @return the view; empty if the conversation is unknown, expired or cleared. While the store is unavailable the
     *     view is marked as degraded
     * @throws dev.colloquy.domain.error.StoreFailure if the store cannot do it
     */
    ConversationView getConversation(ConversationId conversation, MessageRange range);
}
