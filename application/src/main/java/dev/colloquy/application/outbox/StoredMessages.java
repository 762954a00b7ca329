package dev.colloquy.application.outbox;

import dev.colloquy.domain.conversation.ConversationView;
import dev.colloquy.domain.conversation.Message;
import dev.colloquy.domain.conversation.MessageId;
import dev.colloquy.domain.conversation.MessageRange;
import dev.colloquy.domain.port.out.ConversationStore;
import java.util.HashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * The messages that a conversation holds, read when they are first asked for. The store itself recognises a repeat among
 * its latest messages only; further back, somebody has to look. For one thread and one conversation.
 */
final class StoredMessages {

    private final ConversationStore store;
    private final RecentConversations recent;
    private @Nullable Map<MessageId, Message> known;

    StoredMessages(ConversationStore store, RecentConversations recent) {
        this.store = store;
        this.recent = recent;
    }

    /** Whether the store held all messages of the entry, with the same content, when it was last asked. */
    boolean holdAll(OutboxEntry.Appended entry) {
        Map<MessageId, Message> held = known;
        if (held == null) {
            held = read(entry);
            known = held;
        }
        for (Message message : entry.append().messages()) {
            Message there = held.get(message.id());
            if (there == null || !there.repeats(message)) {
                return false;
            }
        }
        return true;
    }

    /** Asks again next time. */
    void forget() {
        known = null;
    }

    private Map<MessageId, Message> read(OutboxEntry.Appended entry) {
        long changes = recent.changes(entry.conversation());
        ConversationView view = store.read(
                entry.conversation(), MessageRange.all(), entry.append().retention());
        // What turns out to be stored leaves the outbox; the next degraded read must find it here.
        recent.viewed(entry.conversation(), changes, view);
        Map<MessageId, Message> held = new HashMap<>();
        view.messages().forEach(each -> held.put(each.message().id(), each.message()));
        return held;
    }
}
