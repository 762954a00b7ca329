package dev.colloquy.adapter.http;

import dev.colloquy.domain.conversation.Append;
import dev.colloquy.domain.conversation.ClearReceipt;
import dev.colloquy.domain.conversation.Conversation;
import dev.colloquy.domain.conversation.ConversationId;
import dev.colloquy.domain.conversation.ConversationPage;
import dev.colloquy.domain.conversation.Message;
import dev.colloquy.domain.conversation.MessageId;
import dev.colloquy.domain.conversation.Receipt;
import dev.colloquy.domain.port.in.Readiness;
import dev.colloquy.domain.port.in.SaveMessagesCommand;
import dev.colloquy.domain.retention.Retention;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicInteger;

/** The inbound ports over the aggregate itself: the smallest thing that keeps conversations. Its time stands still. */
final class TestStore {

    static final Instant NOW = Instant.parse("2026-01-02T03:04:05.678Z");

    private final Map<ConversationId, Conversation> conversations = new ConcurrentHashMap<>();
    private final AtomicInteger ids = new AtomicInteger();
    private final AtomicInteger saves = new AtomicInteger();

    HttpPorts ports() {
        return new HttpPorts(
                this::save,
                (id, range) -> find(id).view(range),
                id -> {
                    conversations.remove(id);
                    return ClearReceipt.CLEARED;
                },
                (agent, page) -> new ConversationPage(
                        page.from().isPresent()
                                ? List.of()
                                : conversations.keySet().stream()
                                        .filter(id -> id.agent().equals(agent))
                                        .toList(),
                        page.from().isPresent() ? null : "more of it+"),
                () -> new Readiness(Readiness.State.READY, "in a test"));
    }

    /** How many times something was stored. */
    int saves() {
        return saves.get();
    }

    Conversation find(ConversationId id) {
        return conversations.getOrDefault(id, Conversation.empty(id));
    }

    private Receipt save(SaveMessagesCommand command) {
        List<Message> messages = command.messages().stream()
                .map(said -> new Message(
                        said.givenId().orElseGet(() -> new MessageId("made-" + ids.incrementAndGet())),
                        said.role(),
                        said.content(),
                        NOW,
                        said.metadata()))
                .toList();
        if (messages.stream().anyMatch(message -> message.content().equals("boom"))) {
            throw new IllegalStateException("a defect");
        }
        Append append = new Append(messages, command.expected(), Retention.DEFAULT);
        Receipt[] receipt = new Receipt[1];
        conversations.compute(command.conversation(), (id, before) -> {
            var appended = (before == null ? Conversation.empty(id) : before).append(append, NOW);
            receipt[0] = appended.receipt();
            return appended.conversation();
        });
        saves.incrementAndGet();
        return receipt[0];
    }
}
