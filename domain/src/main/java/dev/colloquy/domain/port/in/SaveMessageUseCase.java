package dev.colloquy.domain.port.in;

import dev.colloquy.domain.conversation.Receipt;

/** Saves messages of a conversation. */
@FunctionalInterface
public interface SaveMessageUseCase {

    /**
     * Saves one message or an atomic batch, in order, all or none. A call with ids of the caller's own may be repeated
     * without doubling a message.
     *
     * @return {@link Receipt.Stored}, or {@link Receipt.Accepted} while the store is unavailable
     * @throws dev.colloquy.domain.error.InvalidValue if a message or the size of the batch is not allowed
     * @throws dev.colloquy.domain.error.MessageTooLarge if a message is larger than the limit
     * @throws dev.colloquy.domain.error.MessageIdConflict if an id is known but this is not a repeat
     * @throws dev.colloquy.domain.error.ConversationChanged if the condition is not met
     * @throws dev.colloquy.domain.error.StoreFailure if the store cannot do it
     */
    Receipt saveMessages(SaveMessagesCommand command);
}
