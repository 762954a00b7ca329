package dev.colloquy.store.tck;

import dev.colloquy.domain.conversation.Conversation;
import dev.colloquy.domain.conversation.Message;
import dev.colloquy.domain.conversation.MessageId;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;

/** The batches that were appended to one conversation: in its present life, and before it was cleared or expired. */
final class AppendHistory {

    private final List<List<Message>> present = new ArrayList<>();
    private final List<List<Message>> past = new ArrayList<>();
    private final Set<MessageId> presentIds = new HashSet<>();

    void add(List<Message> batch) {
        present.add(batch);
        batch.forEach(message -> presentIds.add(message.id()));
    }

    /** The conversation is gone. */
    void end() {
        past.addAll(present);
        present.clear();
        presentIds.clear();
    }

    /** The batches that every store must recognise, oldest first: what lies further back it may have forgotten or not. */
    List<List<Message>> recognised() {
        int messages = 0;
        int first = present.size();
        while (first > 0 && messages + present.get(first - 1).size() <= Conversation.HORIZON) {
            messages += present.get(--first).size();
        }
        return List.copyOf(present.subList(first, present.size()));
    }

    /** The batches of former lives, of which nothing was appended in this one. */
    List<List<Message>> forgotten() {
        return past.stream()
                .filter(batch -> batch.stream().noneMatch(message -> presentIds.contains(message.id())))
                .toList();
    }
}
