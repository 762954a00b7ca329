package dev.colloquy.store.tck;

import static dev.colloquy.store.tck.Samples.HOUR;
import static dev.colloquy.store.tck.Samples.NOON;
import static dev.colloquy.store.tck.Samples.WEEK;
import static dev.colloquy.store.tck.Samples.at;
import static dev.colloquy.store.tck.Samples.batch;
import static dev.colloquy.store.tck.Samples.ids;
import static dev.colloquy.store.tck.Samples.message;
import static dev.colloquy.store.tck.Samples.messages;
import static dev.colloquy.store.tck.Samples.with;
import static org.assertj.core.api.Assertions.assertThat;

import dev.colloquy.domain.conversation.Append;
import dev.colloquy.domain.conversation.Conversation;
import dev.colloquy.domain.conversation.ConversationView;
import dev.colloquy.domain.conversation.ExpectedPosition;
import dev.colloquy.domain.conversation.Message;
import dev.colloquy.domain.conversation.Receipt;
import dev.colloquy.domain.retention.Retention;
import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Supplier;
import java.util.stream.Stream;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;

/** S5, first half: appending a batch again changes nothing and returns the first receipt, marked as a replay. */
abstract class IdempotenceClause extends Clause {

    IdempotenceClause(Supplier<StoreHarness> harness) {
        super(harness);
    }

    @Test
    @DisplayName("S5 a repeated append changes nothing and gives the first receipt, marked as a replay")
    void replay() {
        Append batch = batch(messages("m", 3));
        append(message("before"));
        Receipt.Stored first = append(batch);
        append(message("after"));
        ConversationView unrepeated = read();

        Receipt.Stored again = append(harness.anotherClient(), alex, batch);

        assertThat(again.replay()).isTrue();
        Differences.assertSame("the receipt", again.messages(), first.messages());
        assertThat(again.length())
                .as("length, as in the first receipt")
                .isEqualTo(first.length())
                .isEqualTo(4);
        Differences.assertSame("a read", read().messages(), unrepeated.messages());
        assertThat(read().length()).isEqualTo(5);
    }

    @Test
    @DisplayName("S5 a conditional append may be repeated: it is a replay although the condition no longer holds")
    void conditional() {
        Append append = Append.of(WEEK, message("a")).expecting(ExpectedPosition.empty());
        append(append);
        append(message("b"));

        assertThat(append(append).replay()).isTrue();
        assertThat(ids(read())).containsExactly("a", "b");
    }

    @Test
    @DisplayName("S5 the first time stays when the append is repeated with a later one")
    void firstTime() {
        append(message("m"));

        Receipt.Stored again = append(at(NOON.plusSeconds(30), message("m")));

        assertThat(again.replay()).isTrue();
        assertThat(again.messages().getFirst().message().at()).isEqualTo(NOON);
        assertThat(read().messages().getFirst().message().at()).isEqualTo(NOON);

        append(Append.of(WEEK.keepingAtMost(1), message("n")));
        Receipt.Stored dropped = append(at(NOON.plusSeconds(60), message("m")));
        Differences.assertSame("of a message that the cap dropped", dropped.messages(), again.messages());
    }

    @Test
    @DisplayName("S5 a part of a batch is known, too")
    void partOfBatch() {
        append(batch(messages("m", 4)));

        Receipt.Stored again = append(message("m2"), message("m3"));

        assertThat(again.replay()).isTrue();
        assertThat(again.firstSequence()).isEqualTo(2);
        assertThat(read().length()).isEqualTo(4);
    }

    @Test
    @DisplayName("S5 a replay under a lower cap drops nothing; the length in its receipt is worked out under that cap")
    void lowerCap() {
        append(batch(messages("m", 5)));

        Receipt.Stored again = append(Append.of(WEEK.keepingAtMost(2), message("m4")));

        assertThat(again.replay()).isTrue();
        assertThat(again.length()).isEqualTo(2);
        assertThat(ids(read())).containsExactly("m1", "m2", "m3", "m4", "m5");
    }

    @Test
    @DisplayName("S5 a replay does not move the expiry, whatever its retention; its receipt holds the present one")
    void expiry() {
        append(Append.of(Retention.sinceLastMessage(HOUR), message("m")));
        harness.passTime(Duration.ofMinutes(20));

        for (Duration period : List.of(HOUR, HOUR.multipliedBy(2))) {
            for (Retention.From from : Retention.From.values()) {
                Append append = Append.of(new Retention(from, period, null), message("m"));
                assertTimeLeft(Optional.of(append(append).expiresAt()), Duration.ofMinutes(40));
            }
        }
        assertTimeLeft(Duration.ofMinutes(40));
    }

    @Test
    @DisplayName("S5 each of the latest 128 messages is recognised, in whatever order they are repeated")
    void horizon() {
        int length = Conversation.HORIZON + 72;
        messages("m", length).forEach(this::append);

        List<Message> known = messages("m", length).subList(length - Conversation.HORIZON, length);
        for (Message latestFirst : known.reversed()) {
            assertThat(append(latestFirst).replay())
                    .as("%s is a replay", latestFirst.id())
                    .isTrue();
        }
        append(message("next"));
        assertThat(append(known.getLast()).replay())
                .as("the one repeated longest ago is a replay")
                .isTrue();
        assertThat(read().length()).isEqualTo(length + 1);
    }

    @Test
    @DisplayName("S5 a whole batch of 128 messages is recognised")
    void wholeHorizon() {
        append(message("before"));
        Append batch = batch(messages("m", 64));
        Append latest = batch(messages("n", 64));
        append(batch);
        append(latest);

        assertThat(append(batch).replay()).isTrue();
        assertThat(append(latest).replay()).isTrue();
        assertThat(append(batch(concat(batch, latest))).replay()).isTrue();
        assertThat(read().length()).isEqualTo(129);
    }

    @Test
    @DisplayName("S5 each of the latest 128 messages that were appended as first attempts is recognised")
    void firstAttempts() {
        int length = Conversation.HORIZON + 12;
        messages("m", length).forEach(message -> append(Append.of(WEEK, message).asFirstAttempt()));

        for (Message known : messages("m", length).subList(length - Conversation.HORIZON, length)) {
            assertThat(append(known).replay()).as("%s is a replay", known.id()).isTrue();
        }
        assertThat(append(Append.of(WEEK, message("next")).asFirstAttempt()).lastSequence())
                .isEqualTo(length + 1);
        assertThat(append(message("m" + length)).replay()).isTrue();
        assertThat(append(message("next")).replay()).isTrue();
        assertThat(read().length()).isEqualTo(length + 1);
    }

    @Test
    @DisplayName("S5 a batch that was appended as a first attempt is recognised, dropped by the cap or not")
    void firstAttemptOfBatch() {
        Retention three = WEEK.keepingAtMost(3);
        Append batch = new Append(messages("m", 3), ExpectedPosition.any(), three).asFirstAttempt();
        append(Append.of(three, message("before")).asFirstAttempt());
        Receipt.Stored first = append(batch);
        append(Append.of(three, message("after")).asFirstAttempt());

        Receipt.Stored again = append(batch.asRepetition());

        assertThat(again.replay()).isTrue();
        assertThat(again.firstSequence()).isEqualTo(first.firstSequence()).isEqualTo(2);
        assertThat(ids(read())).containsExactly("m2", "m3", "after");
    }

    @Test
    @DisplayName(
            "S5 a first attempt that arrives behind its repetition is a replay, though it says that it is the first")
    void lateFirstAttempt() {
        append(Append.of(WEEK, message("before")).asFirstAttempt());
        for (Append repetition : List.of(Append.of(WEEK, message("m")), batch(messages("n", 3)))) {
            Receipt.Stored stored = append(repetition);
            append(Append.of(WEEK, message("behind-" + stored.lastSequence())).asFirstAttempt());

            Receipt.Stored late = append(harness.anotherClient(), alex, repetition.asFirstAttempt());

            assertThat(late.replay()).isTrue();
            Differences.assertSame("the receipt", late.messages(), stored.messages());
        }
        assertThat(ids(read())).containsExactly("before", "m", "behind-2", "n1", "n2", "n3", "behind-6");
    }

    @Test
    @DisplayName("S5 a first attempt may be as late as the horizon is long, also if the cap dropped its repetition")
    void veryLateFirstAttempt() {
        Retention one = WEEK.keepingAtMost(1);
        Append repetition = Append.of(one, message("m"));
        Receipt.Stored stored = append(repetition);
        messages("n", Conversation.HORIZON - 1)
                .forEach(message -> append(Append.of(one, message).asFirstAttempt()));

        Receipt.Stored late = append(repetition.asFirstAttempt());

        assertThat(late.replay()).isTrue();
        Differences.assertSame("the receipt", late.messages(), stored.messages());
        assertThat(ids(read())).containsExactly("n" + (Conversation.HORIZON - 1));
    }

    @Test
    @DisplayName("S5 metadata has no order: with its entries the other way round it is the same")
    void metadataInAnotherOrder() {
        Map<String, String> metadata = new LinkedHashMap<>();
        Map<String, String> reversed = new LinkedHashMap<>();
        for (int i = 0; i < 64; i++) {
            metadata.put("key" + i, "value");
            reversed.put("key" + (63 - i), "value");
        }
        append(with(metadata, message("m")));

        assertThat(append(with(reversed, message("m"))).replay()).isTrue();
    }

    @Test
    @DisplayName("S5 ids that look alike are the ids of different messages")
    void similarIds() {
        String cut = "x".repeat(127);
        List<String> ids = List.of(
                "a",
                "A",
                "a.",
                "a-",
                "a_",
                "aa",
                "0",
                "00",
                "0.0",
                "1e0",
                "1",
                "+1",
                "-1",
                cut + "y",
                cut + "z",
                // Their String.hashCode is the same.
                "Aa",
                "BB");
        for (String id : ids) {
            assertThat(append(message(id)).replay()).as("%s is a replay", id).isFalse();
        }

        assertThat(ids(read())).isEqualTo(ids);
    }

    @Test
    @DisplayName("S5 messages that the cap dropped are recognised within the horizon")
    void dropped() {
        Retention two = WEEK.keepingAtMost(2);
        int appended = Conversation.HORIZON + 22;
        for (Message message : messages("m", appended)) {
            append(Append.of(two, message));
        }
        ConversationView unrepeated = read();

        for (Message known : messages("m", appended).subList(22, appended)) {
            Receipt.Stored again = append(Append.of(two, known));
            assertThat(again.replay()).as("%s is a replay", known.id()).isTrue();
            assertThat(again.messages()).hasSize(1);
            assertThat(again.messages().getFirst().message().repeats(known)).isTrue();
        }
        assertThat(ids(read())).isEqualTo(ids(unrepeated));
    }

    @Test
    @DisplayName("S5 messages that one append under a lower cap dropped are recognised within the horizon")
    void droppedAtOnce() {
        List<Message> messages = messages("m", Conversation.HORIZON + 72);
        messages.forEach(this::append);
        append(Append.of(WEEK.keepingAtMost(2), message("next")));
        ConversationView unrepeated = read();

        int horizon = messages.size() + 1 - Conversation.HORIZON;
        for (Message known : messages.subList(horizon, messages.size())) {
            assertThat(append(known).replay()).as("%s is a replay", known.id()).isTrue();
        }
        assertThat(ids(read())).isEqualTo(ids(unrepeated)).containsExactly("m200", "next");
    }

    @Test
    @DisplayName("S5 the same batch from many threads at once is stored once; one receipt is first, the others replays")
    void sameBatchAtOnce() throws Exception {
        append(message("before"));
        Append batch = batch(messages("m", 5));

        List<Receipt.Stored> receipts = Concurrently.run(32, thread -> append(client(thread), alex, batch));

        assertThat(receipts)
                .extracting(Receipt.Stored::messages)
                .containsOnly(receipts.getFirst().messages());
        assertThat(receipts).extracting(Receipt.Stored::length).containsOnly(6L);
        assertThat(receipts).filteredOn(receipt -> !receipt.replay()).hasSize(1);
        assertThat(ids(read())).containsExactly("before", "m1", "m2", "m3", "m4", "m5");
    }

    @Test
    @DisplayName(
            "S5 every attempt may arrive late, among other appends: each batch is stored once, in its caller's order")
    void lateAttempts() throws Exception {
        int callers = 8;
        int batches = 6;
        Concurrently.run(callers * 2, thread -> {
            // Two threads play one caller and its own delayed first attempts.
            int caller = thread / 2;
            for (int i = 0; i < batches; i++) {
                Append append = batch(messages(caller + "." + i + ".", 2));
                append(client(thread), alex, thread % 2 == 0 ? append.asFirstAttempt() : append);
            }
            return caller;
        });

        assertThat(ids(read())).doesNotHaveDuplicates();
        assertThat(ids(read())).hasSize(callers * batches * 2);
        for (int caller = 0; caller < callers; caller++) {
            String prefix = caller + ".";
            assertThat(ids(read()).stream().filter(id -> id.startsWith(prefix)).toList())
                    .as("the messages of caller %d", caller)
                    .isSorted();
        }
    }

    private static List<Message> concat(Append one, Append other) {
        return Stream.concat(one.messages().stream(), other.messages().stream()).toList();
    }
}
