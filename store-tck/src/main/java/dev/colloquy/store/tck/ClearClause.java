package dev.colloquy.store.tck;

import static dev.colloquy.store.tck.Samples.HOUR;
import static dev.colloquy.store.tck.Samples.WEEK;
import static dev.colloquy.store.tck.Samples.batch;
import static dev.colloquy.store.tck.Samples.ids;
import static dev.colloquy.store.tck.Samples.message;
import static dev.colloquy.store.tck.Samples.messages;
import static dev.colloquy.store.tck.Samples.numbers;
import static dev.colloquy.store.tck.Samples.sequences;
import static org.assertj.core.api.Assertions.assertThat;

import dev.colloquy.domain.conversation.Append;
import dev.colloquy.domain.conversation.ClearReceipt;
import dev.colloquy.domain.conversation.ConversationView;
import dev.colloquy.domain.conversation.MessageRange;
import dev.colloquy.domain.conversation.Receipt;
import dev.colloquy.domain.conversation.SequencedMessage;
import dev.colloquy.domain.port.out.ConversationStore;
import dev.colloquy.domain.retention.Retention;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.function.Supplier;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;

/** S9: clear removes everything at once and may be repeated; the next append starts again at 1. */
abstract class ClearClause extends Clause {

    ClearClause(Supplier<StoreHarness> harness) {
        super(harness);
    }

    @Test
    @DisplayName("S9 a cleared conversation is empty, for every client and in every range")
    void empty() {
        append(batch(messages("m", 5)));

        assertThat(store.clear(alex)).isEqualTo(ClearReceipt.CLEARED);

        assertThat(read()).isEqualTo(ConversationView.empty(alex));
        assertThat(read(MessageRange.last(2))).isEqualTo(ConversationView.empty(alex));
        assertThat(harness.anotherClient().read(alex, MessageRange.after(0, 9), WEEK))
                .isEqualTo(ConversationView.empty(alex));
    }

    @Test
    @DisplayName("S9 a conversation of 1,200 messages is cleared as a whole, and nothing of it shows behind the clear")
    void longConversation() {
        for (int i = 0; i < 12; i++) {
            append(batch(messages(i + ".", 100)));
        }

        store.clear(alex);

        assertThat(ids(read())).isEmpty();
        assertThat(append(message("0.1", "another")).firstSequence()).isEqualTo(1);
        assertThat(ids(read())).containsExactly("0.1");
    }

    @Test
    @DisplayName("S9 clear may be repeated, and clears what was never there")
    void repeated() {
        assertThat(store.clear(alex)).isEqualTo(ClearReceipt.CLEARED);
        append(message("m"));
        store.clear(alex);

        assertThat(store.clear(alex)).isEqualTo(ClearReceipt.CLEARED);
        assertThat(read().isEmpty()).isTrue();
    }

    @Test
    @DisplayName("S9 the next append starts again at 1")
    void startsAgain() {
        append(batch(messages("m", 5)));
        store.clear(alex);

        Receipt.Stored receipt = append(message("x"), message("y"));

        assertThat(receipt.firstSequence()).isEqualTo(1);
        assertThat(receipt.length()).isEqualTo(2);
        assertThat(sequences(read())).containsExactly(1L, 2L);
    }

    @Test
    @DisplayName("S9 no message id is remembered, also none that the cap had dropped")
    void forgets() {
        Retention one = WEEK.keepingAtMost(1);
        messages("m", 5).forEach(message -> append(Append.of(one, message)));
        store.clear(alex);

        for (int i = 1; i <= 5; i++) {
            Receipt.Stored receipt = append(Append.of(one, message("m" + i, "other-content")));
            assertThat(receipt.replay()).isFalse();
        }
    }

    @Test
    @DisplayName("S9 what was read before a clear does not show behind it, also if ids and numbers are the same")
    void formerLife() {
        for (MessageRange range : List.of(MessageRange.all(), MessageRange.last(2), MessageRange.after(0, 2))) {
            append(message("a"), message("b"));
            for (int client = 0; client < 2; client++) {
                assertThat(contents(client(client), range)).containsExactly("content-of-a", "content-of-b");
            }
            store.clear(alex);

            append(message("a", "another-a"), message("b"));

            for (int client = 0; client < 2; client++) {
                assertThat(contents(client(client), range)).containsExactly("another-a", "content-of-b");
            }
            store.clear(alex);
        }
    }

    private List<String> contents(ConversationStore client, MessageRange range) {
        return client.read(alex, range, WEEK).messages().stream()
                .map(SequencedMessage::content)
                .toList();
    }

    @Test
    @DisplayName("S9 a retention that counts from the first message starts anew")
    void retention() {
        Retention first = Retention.sinceFirstMessage(HOUR);
        append(Append.of(first, message("m")));
        harness.passTime(Duration.ofMinutes(20));
        store.clear(alex);

        assertTimeLeft(Optional.of(append(Append.of(first, message("n"))).expiresAt()), HOUR);
    }

    @Test
    @DisplayName("S9 a reader sees all of the conversation or nothing while it is cleared and written again")
    void atOnce() throws Exception {
        int batch = 5;
        Concurrently.runDuring(
                thread -> {
                    for (int i = 0; i < 60; i++) {
                        append(batch(messages(i + ".", batch)));
                        if (i % 3 == 2) {
                            store.clear(alex);
                        }
                    }
                    return thread;
                },
                round -> assertWhole(client(1).read(alex, MessageRange.all(), WEEK), batch),
                round -> assertWhole(client(round).read(alex, MessageRange.all(), WEEK), batch));

        assertThat(read().isEmpty()).isTrue();
    }

    @Test
    @DisplayName("S9 an append among clears of other threads begins at 1 or goes on, and is seen whole")
    void amongClears() throws Exception {
        int batch = 5;
        Concurrently.runDuring(
                thread -> {
                    for (int i = 0; i < 60; i++) {
                        Receipt.Stored receipt = append(batch(messages(i + ".", batch)));
                        assertThat(receipt.lastSequence())
                                .as("end of append %d", i)
                                .isEqualTo(receipt.length());
                    }
                    return thread;
                },
                round -> client(round).clear(alex),
                round -> assertWhole(client(round).read(alex, MessageRange.all(), WEEK), batch));

        store.clear(alex);
        assertThat(append(message("m")).firstSequence()).isEqualTo(1);
    }

    @Test
    @DisplayName("S9 a read that prolongs does not bring back what is cleared meanwhile")
    void notBroughtBack() throws Exception {
        Retention access = Retention.sinceLastAccess(HOUR);
        Concurrently.runDuring(
                thread -> {
                    for (int i = 0; i < 60; i++) {
                        append(Append.of(access, message("m" + i)));
                        store.clear(alex);
                        assertThat(ids(read())).as("after clear %d", i).isEmpty();
                    }
                    return thread;
                },
                round -> client(0).read(alex, MessageRange.all(), access),
                round -> client(1).read(alex, MessageRange.last(1), access));

        assertThat(read().isEmpty()).isTrue();
    }

    private static void assertWhole(ConversationView view, int batch) {
        assertThat(view.length() % batch).as("messages beyond whole batches").isZero();
        assertThat(sequences(view)).isEqualTo(numbers(1, view.length()));
    }
}
