package dev.colloquy.domain.window;

import dev.colloquy.domain.conversation.Message;
import dev.colloquy.domain.error.InvalidValue;
import java.util.List;

/**
 * What of a conversation goes into a prompt: a pure function, without side effects and safe for any thread. The result
 * keeps the order and adds nothing.
 */
@FunctionalInterface
public interface Window {

    /**
     * Selects from the messages of a conversation.
     *
     * @param messages the messages, oldest first, such as those of a
     *     {@linkplain dev.colloquy.domain.conversation.ConversationView#transcript() transcript}
     * @return the selected ones, oldest first, in an immutable list
     */
    List<Message> select(List<Message> messages);

    /** Everything. */
    static Window all() {
        return List::copyOf;
    }

    /**
     * The latest messages.
     *
     * @param count how many at most, from 1
     * @throws InvalidValue if the count is below 1
     */
    static Window last(int count) {
        if (count < 1) {
            throw new InvalidValue("last", Integer.toString(count), "1 and above");
        }
        return messages -> List.copyOf(messages.subList(Math.max(0, messages.size() - count), messages.size()));
    }
}
