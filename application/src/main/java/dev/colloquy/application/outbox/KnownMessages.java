package dev.colloquy.application.outbox;

import dev.colloquy.domain.conversation.Conversation;
import dev.colloquy.domain.conversation.Message;
import dev.colloquy.domain.conversation.MessageId;
import dev.colloquy.domain.conversation.Position;
import dev.colloquy.domain.conversation.SequencedMessage;
import dev.colloquy.domain.error.MessageIdConflict;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * What is known of a conversation at one instant.
 *
 * @param messages the known ones, oldest first, perhaps with gaps; the first ones may be dropped by the cap, but the store
 *     recognises them still
 * @param length how many the store held when it was last heard of
 * @param last where it ended then, or null if nothing is known
 */
record KnownMessages(
        List<SequencedMessage> messages,
        long length,
        @Nullable Position last) {

    static final KnownMessages NONE = new KnownMessages(List.of(), 0, null);

    /** Those that the conversation holds, oldest first. */
    List<SequencedMessage> held() {
        long dropped = last == null ? 0 : last.sequence() - length;
        return messages.stream().filter(each -> each.sequence() > dropped).toList();
    }

    /**
     * Whether a batch repeats messages that are known. What the store would refuse later, when nobody waits for the answer
     * any more, is refused, as far as is known here. If another process has cleared the conversation meanwhile, the store
     * would take what this refuses.
     *
     * @throws MessageIdConflict if a message has the id of one of the latest known messages but other content, or if the
     *     batch as a whole does not repeat the messages from there on; what is not known is no conflict
     */
    boolean isRepeatedBy(List<Message> batch) {
        Map<MessageId, SequencedMessage> latest = new HashMap<>();
        for (SequencedMessage known :
                messages.subList(Math.max(0, messages.size() - Conversation.HORIZON), messages.size())) {
            latest.put(known.message().id(), known);
        }
        Set<Long> places = new HashSet<>();
        for (int i = 0; i < batch.size(); i++) {
            Message message = batch.get(i);
            SequencedMessage known = latest.get(message.id());
            if (known != null) {
                if (!known.message().repeats(message)) {
                    throw new MessageIdConflict(message.id().value(), "with other content");
                }
                places.add(known.sequence() - i);
            }
        }
        places.forEach(first -> requireWhole(batch, first));
        return !places.isEmpty();
    }

    /** That the batch can be what stands, or stood, at this place. */
    private void requireWhole(List<Message> batch, long first) {
        boolean fits = first >= 1 && last != null && first + batch.size() - 1 <= last.sequence();
        for (SequencedMessage known : messages) {
            long index = known.sequence() - first;
            if (0 <= index && index < batch.size()) {
                fits &= known.message().id().equals(batch.get((int) index).id());
            }
        }
        if (!fits) {
            throw new MessageIdConflict(batch.getFirst().id().value(), "in another batch");
        }
    }
}
