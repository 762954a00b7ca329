package dev.colloquy.domain.port.in;

import dev.colloquy.domain.conversation.AgentId;
import dev.colloquy.domain.conversation.ConversationPage;
import dev.colloquy.domain.conversation.PageRequest;

/** Lists the conversations of an agent. */
@FunctionalInterface
public interface ListConversationsUseCase {

    /**
     * Lists by pages, in no particular order; each conversation that exists throughout is seen at least once.
     *
     * @throws dev.colloquy.domain.error.InvalidValue if the cursor is not one that a listing gave
     * @throws dev.colloquy.domain.error.StoreFailure if the store cannot do it
     */
    ConversationPage listConversations(AgentId agent, PageRequest page);
}
