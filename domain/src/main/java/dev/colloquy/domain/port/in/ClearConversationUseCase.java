package dev.colloquy.domain.port.in;

import dev.colloquy.domain.conversation.ClearReceipt;
import dev.colloquy.domain.conversation.ConversationId;

/** Removes a conversation. */
@FunctionalInterface
public interface ClearConversationUseCase {

    /**
     * Removes all messages of a conversation at once; it may be repeated.
     *
     * @throws dev.colloquy.domain.error.StoreFailure if the store cannot do it
     */
    ClearReceipt clearConversation(ConversationId conversation);
}
