package dev.colloquy.domain.port.in;

import dev.colloquy.domain.conversation.ConversationId;
import dev.colloquy.domain.conversation.ExpectedPosition;
import java.util.List;
import java.util.Objects;

/**
 * Save these messages, all or none.
 *
 * @param conversation where
 * @param messages what, in order
 * @param expected where the conversation must end for this to happen
 */
public record SaveMessagesCommand(ConversationId conversation, List<NewMessage> messages, ExpectedPosition expected) {

    public SaveMessagesCommand {
        Objects.requireNonNull(conversation, "conversation");
        messages = List.copyOf(messages);
        Objects.requireNonNull(expected, "expected");
    }

    /** Save these messages, all or none, without a condition. */
    public static SaveMessagesCommand of(ConversationId conversation, NewMessage... messages) {
        return new SaveMessagesCommand(conversation, List.of(messages), ExpectedPosition.any());
    }
}
