package dev.colloquy.store.tck;

import dev.colloquy.domain.conversation.Append;
import dev.colloquy.domain.conversation.ConversationView;
import dev.colloquy.domain.conversation.ExpectedPosition;
import dev.colloquy.domain.conversation.Message;
import dev.colloquy.domain.conversation.MessageId;
import dev.colloquy.domain.conversation.Role;
import dev.colloquy.domain.conversation.SequencedMessage;
import dev.colloquy.domain.retention.Retention;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.IntStream;
import java.util.stream.LongStream;

/** Plain test data. What is peculiar about data is the business of the clause on fidelity alone. */
final class Samples {

    static final Instant NOON = Instant.parse("2026-03-01T12:00:00Z");
    static final Duration HOUR = Duration.ofHours(1);
    static final Retention WEEK = Retention.DEFAULT;

    /** What the content of each message begins with. */
    static final String CONTENT = "content-of-";

    private static final String RUN = UUID.randomUUID().toString().substring(0, 8);
    private static final AtomicInteger AGENTS = new AtomicInteger();

    private Samples() {}

    /** The name of an agent that no other test uses; all have the same length, so that none begins with another. */
    static String newAgent() {
        return "tck" + RUN + (100_000 + AGENTS.incrementAndGet());
    }

    static Message message(String id) {
        return message(id, CONTENT + id);
    }

    static Message message(String id, String content) {
        return new Message(new MessageId(id), Role.USER, content, NOON);
    }

    static Message at(Instant time, Message message) {
        return new Message(message.id(), message.role(), message.content(), time, message.metadata());
    }

    static Message with(Map<String, String> metadata, Message message) {
        return new Message(message.id(), message.role(), message.content(), message.at(), metadata);
    }

    /** Messages named prefix1, prefix2 and so on. */
    static List<Message> messages(String prefix, int count) {
        return IntStream.rangeClosed(1, count)
                .mapToObj(i -> message(prefix + i))
                .toList();
    }

    static Append batch(List<Message> messages) {
        return batch(WEEK, messages);
    }

    static Append batch(Retention retention, List<Message> messages) {
        return new Append(messages, ExpectedPosition.any(), retention);
    }

    static List<String> ids(ConversationView view) {
        return ids(view.messages());
    }

    static List<String> ids(List<SequencedMessage> messages) {
        return messages.stream().map(m -> m.message().id().value()).toList();
    }

    static List<Long> sequences(ConversationView view) {
        return view.messages().stream().map(SequencedMessage::sequence).toList();
    }

    /** The numbers of a sequence, both ends included. */
    static List<Long> numbers(long from, long to) {
        return LongStream.rangeClosed(from, to).boxed().toList();
    }
}
