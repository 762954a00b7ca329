package dev.colloquy.store.tck;

import static dev.colloquy.store.tck.Samples.HOUR;
import static dev.colloquy.store.tck.Samples.NOON;
import static dev.colloquy.store.tck.Samples.WEEK;
import static dev.colloquy.store.tck.Samples.at;
import static dev.colloquy.store.tck.Samples.batch;
import static dev.colloquy.store.tck.Samples.ids;
import static dev.colloquy.store.tck.Samples.message;
import static dev.colloquy.store.tck.Samples.messages;
import static dev.colloquy.store.tck.Samples.numbers;
import static dev.colloquy.store.tck.Samples.sequences;
import static org.assertj.core.api.Assertions.assertThat;

import dev.colloquy.domain.conversation.Append;
import dev.colloquy.domain.conversation.ConversationView;
import dev.colloquy.domain.conversation.Message;
import dev.colloquy.domain.conversation.MessageId;
import dev.colloquy.domain.conversation.MessageRange;
import dev.colloquy.domain.conversation.Position;
import dev.colloquy.domain.retention.Retention;
import java.util.List;
import java.util.function.LongUnaryOperator;
import java.util.function.Supplier;
import java.util.stream.IntStream;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** S7: whole, last N, or after a sequence number with a limit; each sees one instant and never half a batch. */
abstract class ReadsClause extends Clause {

    private static final int BATCH = 5;

    ReadsClause(Supplier<StoreHarness> harness) {
        super(harness);
    }

    @Test
    @DisplayName("S7 the whole conversation, oldest first")
    void whole() {
        append(batch(messages("m", 5)));

        assertThat(ids(read())).containsExactly("m1", "m2", "m3", "m4", "m5");
        assertThat(read().state()).isEqualTo(ConversationView.State.LIVE);
        assertThat(read().id()).isEqualTo(alex);
        assertThat(read().pending()).isEmpty();
    }

    @Test
    @DisplayName("S7 the order is that of the appends, whatever the times of the messages say")
    void orderOfAppends() {
        List<Message> latestFirst = IntStream.range(0, 5)
                .mapToObj(i -> at(NOON.minusSeconds(i), message("m" + i)))
                .toList();
        append(latestFirst.get(0));
        append(latestFirst.get(1), latestFirst.get(2));
        append(Append.of(WEEK, latestFirst.get(3)).asFirstAttempt());
        append(latestFirst.get(4));

        assertThat(ids(read())).containsExactly("m0", "m1", "m2", "m3", "m4");
        assertThat(ids(read(MessageRange.last(2)))).containsExactly("m3", "m4");
        assertThat(ids(read(MessageRange.after(1, 2)))).containsExactly("m1", "m2");
    }

    @Test
    @DisplayName("S7 the last N, all of them if there are fewer")
    void last() {
        append(batch(messages("m", 5)));

        assertThat(ids(read(MessageRange.last(1)))).containsExactly("m5");
        assertThat(ids(read(MessageRange.last(3)))).containsExactly("m3", "m4", "m5");
        assertThat(ids(read(MessageRange.last(5)))).hasSize(5);
        assertThat(ids(read(MessageRange.last(6)))).hasSize(5);
        assertThat(ids(read(MessageRange.last(Integer.MAX_VALUE)))).hasSize(5);
    }

    @Test
    @DisplayName("S7 a conversation may be long, and is read up to what was asked for")
    void longConversation() {
        int length = 1_200;
        for (int i = 0; i < length / 50; i++) {
            append(batch(messages(i + ".", 50)));
        }

        assertThat(sequences(read())).isEqualTo(numbers(1, length));
        assertThat(sequences(read(MessageRange.last(length - 1)))).isEqualTo(numbers(2, length));
        assertThat(sequences(read(MessageRange.after(1, length - 2)))).isEqualTo(numbers(2, length - 1));
    }

    @Test
    @DisplayName("S7 how many messages the retention of the read keeps does not matter")
    void underLowerCap() {
        append(batch(messages("m", 5)));

        assertThat(ids(store.read(alex, MessageRange.all(), WEEK.keepingAtMost(2))))
                .isEqualTo(ids(read()))
                .hasSize(5);
    }

    @Test
    @DisplayName("S7 those after a sequence number, with a limit")
    void after() {
        append(batch(messages("m", 5)));

        assertThat(ids(read(MessageRange.after(0, 2)))).containsExactly("m1", "m2");
        assertThat(ids(read(MessageRange.after(2, 2)))).containsExactly("m3", "m4");
        assertThat(ids(read(MessageRange.after(4, 2)))).containsExactly("m5");
        assertThat(ids(read(MessageRange.after(1, Integer.MAX_VALUE)))).containsExactly("m2", "m3", "m4", "m5");
        assertThat(ids(read(MessageRange.after(5, 1)))).isEmpty();
        assertThat(ids(read(MessageRange.after(6, 1)))).isEmpty();
        assertThat(ids(read(MessageRange.after(Long.MAX_VALUE, Integer.MAX_VALUE))))
                .isEmpty();
    }

    @Test
    @DisplayName("S7 reading after a number that the cap dropped starts at the oldest message there is")
    void afterDropped() {
        Retention three = WEEK.keepingAtMost(3);
        for (Message message : messages("m", 10)) {
            append(batch(three, List.of(message)));
        }

        assertThat(ids(read(MessageRange.after(2, 2)))).containsExactly("m8", "m9");
        assertThat(ids(read(MessageRange.after(0, 99)))).containsExactly("m8", "m9", "m10");
        assertThat(ids(read(MessageRange.last(99)))).containsExactly("m8", "m9", "m10");
    }

    @Test
    @DisplayName("S7 length and end are those of the conversation, whatever was selected")
    void lengthAndEnd() {
        append(batch(messages("m", 5)));

        for (MessageRange range : List.of(MessageRange.last(1), MessageRange.after(1, 2), MessageRange.after(9, 1))) {
            assertThat(read(range).length()).isEqualTo(5);
            assertThat(read(range).lastPosition()).contains(new Position(5, new MessageId("m5")));
        }
    }

    @Test
    @DisplayName("S7 an unknown conversation reads as empty, in every range")
    void unknown() {
        for (MessageRange range : List.of(MessageRange.all(), MessageRange.last(3), MessageRange.after(0, 3))) {
            assertThat(read(range)).isEqualTo(ConversationView.empty(alex));
        }
    }

    @Test
    @DisplayName("S7 a reader never sees half a batch while another client appends")
    void neverHalf() throws Exception {
        Concurrently.runDuring(
                thread -> {
                    for (int i = 0; i < 60; i++) {
                        append(batch(messages(i + ".", BATCH)));
                    }
                    return thread;
                },
                round -> assertWholeBatches(client(1).read(alex, MessageRange.all(), WEEK), length -> length),
                round -> assertWholeBatches(
                        client(round).read(alex, MessageRange.last(2 * BATCH), WEEK),
                        length -> Math.min(length, 2 * BATCH)),
                round -> assertWholeBatches(
                        client(0).read(alex, MessageRange.after(BATCH, Integer.MAX_VALUE), WEEK),
                        length -> Math.max(0, length - BATCH)));

        assertThat(read().length()).isEqualTo(60 * BATCH);
        assertThat(ids(append(message("last")).messages())).containsExactly("last");
    }

    @Test
    @DisplayName("S7 a reader never sees half a batch with a read that prolongs either")
    void neverHalfWhileProlonging() throws Exception {
        Retention access = Retention.sinceLastAccess(HOUR);
        Concurrently.runDuring(
                thread -> {
                    for (int i = 0; i < 40; i++) {
                        append(batch(access, messages(i + ".", BATCH)));
                    }
                    return thread;
                },
                round -> assertWholeBatches(client(1).read(alex, MessageRange.all(), access), length -> length),
                round -> assertWholeBatches(
                        client(0).read(alex, MessageRange.last(2 * BATCH), access),
                        length -> Math.min(length, 2 * BATCH)));
    }

    @ParameterizedTest(name = "{displayName}: first attempts {0}")
    @ValueSource(booleans = {false, true})
    @DisplayName("S7 a reader never sees a part of a batch of 120 messages")
    void neverPartOfLarge(boolean firstAttempts) throws Exception {
        int size = 120;
        Concurrently.runDuring(
                thread -> {
                    for (int i = 0; i < 8; i++) {
                        Append batch = batch(messages(i + ".", size));
                        append(firstAttempts ? batch.asFirstAttempt() : batch);
                    }
                    return thread;
                },
                round -> assertThat(client(round)
                                        .read(alex, MessageRange.last(1), WEEK)
                                        .length()
                                % size)
                        .as("messages beyond whole batches")
                        .isZero());

        assertThat(sequences(read())).isEqualTo(numbers(1, 8L * size));
    }

    @Test
    @DisplayName("S7 a reader never sees more than the cap keeps while another client appends")
    void neverBeyondCap() throws Exception {
        int most = BATCH + 2;
        Concurrently.runDuring(
                thread -> {
                    for (int i = 0; i < 60; i++) {
                        append(batch(WEEK.keepingAtMost(most), messages(i + ".", BATCH)));
                    }
                    return thread;
                },
                round -> assertWithinCap(client(1).read(alex, MessageRange.all(), WEEK), most),
                round -> assertWithinCap(client(0).read(alex, MessageRange.last(most + 1), WEEK), most),
                round -> assertWithinCap(client(round).read(alex, MessageRange.after(0, most + 1), WEEK), most));

        assertThat(read().length()).isEqualTo(most);
    }

    private static void assertWithinCap(ConversationView view, int most) {
        long end = view.lastPosition().map(Position::sequence).orElse(0L);
        assertThat(view.length()).as("messages kept").isLessThanOrEqualTo(most);
        assertThat(sequences(view))
                .as("all messages, at the same instant as the length")
                .isEqualTo(numbers(end - view.length() + 1, end));
    }

    private static void assertWholeBatches(ConversationView view, LongUnaryOperator selected) {
        long end = view.lastPosition().map(Position::sequence).orElse(0L);
        assertThat(view.length() % BATCH).as("messages beyond whole batches").isZero();
        assertThat(end).as("the end, at the same instant as the length").isEqualTo(view.length());
        assertThat(sequences(view))
                .as("the selected messages, at the same instant as the length")
                .isEqualTo(numbers(end - selected.applyAsLong(view.length()) + 1, end));
    }
}
