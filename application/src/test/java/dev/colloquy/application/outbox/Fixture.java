package dev.colloquy.application.outbox;

import dev.colloquy.domain.conversation.Append;
import dev.colloquy.domain.conversation.ConversationId;
import dev.colloquy.domain.conversation.ConversationView;
import dev.colloquy.domain.conversation.ExpectedPosition;
import dev.colloquy.domain.conversation.Message;
import dev.colloquy.domain.conversation.MessageId;
import dev.colloquy.domain.conversation.MessageRange;
import dev.colloquy.domain.conversation.Receipt;
import dev.colloquy.domain.conversation.Role;
import dev.colloquy.domain.retention.Retention;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.Arrays;
import java.util.List;
import java.util.stream.Stream;

/** A decorator without a thread over a store with a switch, and short words for what tests do with them. */
final class Fixture implements InstantSource {

    static final ConversationId ALEX = ConversationId.of("onboarding", "alex");
    static final ConversationId BO = ConversationId.of("onboarding", "bo");
    static final Retention RETENTION = Retention.DEFAULT;

    private volatile Instant now = Instant.parse("2026-01-01T00:00:00Z");

    final SwitchedStore store = new SwitchedStore(this);
    final TestJournal journal = new TestJournal();
    OutboxSettings settings = OutboxSettings.DEFAULT;
    OutboxConversationStore outbox = open();

    OutboxConversationStore open() {
        return OutboxConversationStore.probedByHand(store, journal, settings, this);
    }

    /** Another decorator over the same store and journal, as after the process was killed. */
    void restart() {
        outbox = open();
    }

    void use(OutboxSettings changed) {
        settings = changed;
        restart();
    }

    @Override
    public Instant instant() {
        return now;
    }

    void pass(Duration time) {
        now = now.plus(time);
    }

    void down() {
        store.mode = SwitchedStore.Mode.FAILS_BEFORE_WRITING;
    }

    void up() {
        store.mode = SwitchedStore.Mode.UP;
    }

    void upAndProbe() {
        up();
        outbox.probe();
    }

    Message message(String id) {
        return message(id, "content of " + id);
    }

    Message message(String id, String content) {
        return new Message(new MessageId(id), Role.USER, content, now);
    }

    Append batch(String... ids) {
        return new Append(Arrays.stream(ids).map(this::message).toList(), ExpectedPosition.any(), RETENTION);
    }

    Receipt append(ConversationId id, String... ids) {
        return outbox.append(id, batch(ids));
    }

    /** Accepts what is replayed in a step of its own: its retention is another one than that of its neighbours. */
    Receipt appendApart(ConversationId id, String... ids) {
        Retention another = RETENTION.keepingAtMost(1_000);
        return outbox.append(id, new Append(batch(ids).messages(), ExpectedPosition.any(), another));
    }

    ConversationView read(ConversationId id) {
        return outbox.read(id, MessageRange.all(), RETENTION);
    }

    /** The same, to be thrown; throws it itself if it is an error. */
    static RuntimeException unchecked(Throwable failure) {
        if (failure instanceof Error error) {
            throw error;
        }
        return (RuntimeException) failure;
    }

    /** The ids of all that a view shows, in order. */
    static List<String> shown(ConversationView view) {
        return Stream.concat(
                        view.messages().stream().map(each -> each.message().id().value()),
                        view.pending().stream().map(each -> each.id().value()))
                .toList();
    }
}
