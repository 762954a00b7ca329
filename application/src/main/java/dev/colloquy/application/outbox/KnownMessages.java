package dev.colloquy.application.outbox;

import dev.colloquy.domain.conversation.Conversation;
import dev.colloquy.domain.conversation.Message;
import dev.colloquy.domain.conversation.Position;
import dev.colloquy.domain.conversation.SequencedMessage;
import dev.colloquy.domain.error.MessageIdConflict;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * What is known of a conversation at one instant.
 *
 * @param messages the known ones, oldest first, perhaps with gaps
 * @param length how many the store held when it was last heard of
 * @param last where it ended then, or null if nothing is known
 */
record KnownMessages(
        List<SequencedMessage> messages,
        long length,
        @Nullable Position last) {

    static final KnownMessages NONE = new KnownMessages(List.of(), 0, null);

    /**
     * Refuses what the store would refuse later, when nobody waits for the answer any more.
     *
     * @throws MessageIdConflict if a message has the id of one of the latest known messages but other content
     */
    void requireNoConflict(List<Message> batch) {
        Map<String, Message> latest = new HashMap<>();
        for (SequencedMessage known :
                messages.subList(Math.max(0, messages.size() - Conversation.HORIZON), messages.size())) {
            latest.put(known.message().id().value(), known.message());
        }
        for (Message message : batch) {
            Message known = latest.get(message.id().value());
            if (known != null && !known.repeats(message)) {
                throw new MessageIdConflict(message.id().value(), "with other content");
            }
        }
    }
}
