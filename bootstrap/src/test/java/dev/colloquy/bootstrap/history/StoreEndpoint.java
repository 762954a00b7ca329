package dev.colloquy.bootstrap.history;

import dev.colloquy.domain.conversation.AgentId;
import dev.colloquy.domain.conversation.Append;
import dev.colloquy.domain.conversation.ClearReceipt;
import dev.colloquy.domain.conversation.ConversationId;
import dev.colloquy.domain.conversation.ConversationView;
import dev.colloquy.domain.conversation.ExpectedPosition;
import dev.colloquy.domain.conversation.Message;
import dev.colloquy.domain.conversation.MessageId;
import dev.colloquy.domain.conversation.MessageRange;
import dev.colloquy.domain.conversation.Receipt;
import dev.colloquy.domain.conversation.Role;
import dev.colloquy.domain.conversation.UserId;
import dev.colloquy.domain.error.StoreUnavailable;
import dev.colloquy.domain.port.out.ConversationStore;
import dev.colloquy.domain.retention.Retention;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;

/** A store in this process, asked directly. */
record StoreEndpoint(ConversationStore store) implements Endpoint {

    private static final AgentId AGENT = new AgentId("history");
    private static final Retention RETENTION = Retention.sinceLastMessage(Duration.ofDays(7));

    @Override
    public Outcome append(String conversation, List<Said> batch) {
        List<Message> messages = batch.stream()
                .map(said -> new Message(new MessageId(id(said)), Role.USER, said.name(), Instant.EPOCH, Map.of()))
                .toList();
        Append append = new Append(messages, ExpectedPosition.any(), RETENTION);
        boolean isFirst = batch.stream().allMatch(said -> said.id().isEmpty());
        try {
            Receipt receipt = store.append(id(conversation), isFirst ? append.asFirstAttempt() : append);
            return switch (receipt) {
                case Receipt.Stored stored -> Outcome.stored(stored.firstSequence());
                case Receipt.Accepted accepted -> Outcome.accepted();
            };
        } catch (StoreUnavailable failed) {
            return Outcome.unknown("unavailable");
        }
    }

    @Override
    public Outcome appendTooLarge(String conversation, Said message) {
        return Outcome.refused("too large");
    }

    @Override
    public Outcome clear(String conversation) {
        try {
            return store.clear(id(conversation)) == ClearReceipt.CLEARED ? Outcome.done() : Outcome.accepted();
        } catch (StoreUnavailable failed) {
            return Outcome.unknown("unavailable");
        }
    }

    @Override
    public Optional<Sight> read(String conversation) {
        try {
            ConversationView view = store.read(id(conversation), MessageRange.all(), RETENTION);
            List<Entry> entries = new ArrayList<>();
            view.messages()
                    .forEach(each -> entries.add(
                            new Entry(each.sequence(), each.message().content())));
            view.pending().forEach(message -> entries.add(new Entry(0, message.content())));
            return Optional.of(new Sight(view.state() == ConversationView.State.LIVE, entries));
        } catch (StoreUnavailable failed) {
            return Optional.empty();
        }
    }

    private static String id(Said said) {
        return said.id().orElseGet(() -> UUID.randomUUID().toString());
    }

    private static ConversationId id(String conversation) {
        return new ConversationId(AGENT, new UserId(conversation));
    }
}
