package dev.colloquy.store.tck;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.colloquy.domain.conversation.Append;
import dev.colloquy.domain.conversation.ClearReceipt;
import dev.colloquy.domain.conversation.Conversation;
import dev.colloquy.domain.conversation.ConversationId;
import dev.colloquy.domain.conversation.ConversationView;
import dev.colloquy.domain.conversation.MessageRange;
import dev.colloquy.domain.conversation.Receipt;
import dev.colloquy.domain.error.ConversationChanged;
import dev.colloquy.domain.error.MessageIdConflict;
import dev.colloquy.domain.port.out.ConversationStore;
import dev.colloquy.domain.retention.Retention;
import java.time.Instant;

/** One conversation in two places: in the store, and as the aggregate that says what the store must answer. */
final class ModelledConversation {

    final ConversationId id;
    final Retention retention;
    final AppendHistory history = new AppendHistory();
    private final ModelClock clock;
    private Conversation model;

    ModelledConversation(ConversationId id, Retention retention, ModelClock clock) {
        this.id = id;
        this.retention = retention;
        this.clock = clock;
        this.model = Conversation.empty(id);
    }

    /** The aggregate as it stands now. */
    Conversation model() {
        return modelAt(clock.now());
    }

    private Conversation modelAt(Instant now) {
        model = model.at(now);
        if (model.length() == 0) {
            history.end();
        }
        return model;
    }

    void append(ConversationStore store, Append append) {
        Instant now = clock.now();
        Conversation before = modelAt(now);
        Conversation.Appended expected;
        try {
            expected = before.append(append, now);
        } catch (MessageIdConflict | ConversationChanged refusal) {
            assertThatThrownBy(() -> store.append(id, append))
                    .as("the append must be refused")
                    .isExactlyInstanceOf(refusal.getClass());
            return;
        }
        Receipt.Stored actual = Clause.append(store, id, append);
        model = expected.conversation();
        if (!expected.receipt().replay()) {
            history.add(append.messages());
        }
        assertSame(expected.receipt(), actual);
    }

    private void assertSame(Receipt.Stored expected, Receipt.Stored actual) {
        Differences.assertSame("messages of the receipt", actual.messages(), expected.messages());
        assertThat(actual.length()).as("length in the receipt").isEqualTo(expected.length());
        assertThat(actual.replay()).as("whether it is a replay").isEqualTo(expected.replay());
        clock.assertSame(expected.expiresAt(), actual.expiresAt());
    }

    void read(ConversationStore store, MessageRange range, Retention readRetention) {
        Instant now = clock.now();
        model = modelAt(now).read(readRetention, now);
        ConversationView expected = model.view(range);

        ConversationView actual = store.read(id, range, readRetention);

        assertThat(actual.id()).isEqualTo(id);
        Differences.assertSame("messages", actual.messages(), expected.messages());
        assertThat(actual.length()).as("length").isEqualTo(expected.length());
        assertThat(actual.lastPosition()).as("end").isEqualTo(expected.lastPosition());
        assertThat(actual.state()).as("state").isEqualTo(expected.state());
        clock.assertSame(expected.expiresAt(), actual.expiresAt());
    }

    void clear(ConversationStore store) {
        assertThat(store.clear(id)).isEqualTo(ClearReceipt.CLEARED);
        model = Conversation.empty(id);
        history.end();
    }
}
