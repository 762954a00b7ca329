package dev.colloquy.adapter.redis;

import dev.colloquy.domain.conversation.Append;
import dev.colloquy.domain.conversation.ConversationId;
import dev.colloquy.domain.conversation.ConversationView;
import dev.colloquy.domain.conversation.Message;
import dev.colloquy.domain.conversation.MessageId;
import dev.colloquy.domain.conversation.MessageRange;
import dev.colloquy.domain.conversation.Receipt;
import dev.colloquy.domain.conversation.Role;
import dev.colloquy.domain.port.out.ConversationStore;
import dev.colloquy.domain.retention.Retention;
import java.time.Instant;
import java.util.List;

/** Short words for what the tests of this package do all the time. */
final class Conversations {

    static final Instant NOON = Instant.parse("2026-03-01T12:00:00Z");

    private Conversations() {}

    static Message message(String id) {
        return new Message(new MessageId(id), Role.USER, "content of " + id, NOON);
    }

    static Receipt.Stored save(ConversationStore store, ConversationId id, String... messages) {
        List<Message> batch =
                List.of(messages).stream().map(Conversations::message).toList();
        return (Receipt.Stored) store.append(id, Append.of(Retention.DEFAULT, batch.toArray(new Message[0])));
    }

    static ConversationView read(ConversationStore store, ConversationId id) {
        return store.read(id, MessageRange.all(), Retention.DEFAULT);
    }

    static List<String> ids(ConversationStore store, ConversationId id) {
        return ids(read(store, id));
    }

    static List<String> ids(ConversationView view) {
        return view.messages().stream()
                .map(message -> message.message().id().value())
                .toList();
    }

    static List<Long> sequences(ConversationView view) {
        return view.messages().stream().map(message -> message.sequence()).toList();
    }
}
