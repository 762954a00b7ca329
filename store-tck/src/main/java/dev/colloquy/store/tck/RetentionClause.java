package dev.colloquy.store.tck;

import static dev.colloquy.store.tck.Samples.HOUR;
import static dev.colloquy.store.tck.Samples.WEEK;
import static dev.colloquy.store.tck.Samples.batch;
import static dev.colloquy.store.tck.Samples.ids;
import static dev.colloquy.store.tck.Samples.message;
import static dev.colloquy.store.tck.Samples.messages;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowable;

import dev.colloquy.domain.conversation.Append;
import dev.colloquy.domain.conversation.ConversationId;
import dev.colloquy.domain.conversation.ConversationView;
import dev.colloquy.domain.conversation.ExpectedPosition;
import dev.colloquy.domain.conversation.Message;
import dev.colloquy.domain.conversation.MessageRange;
import dev.colloquy.domain.conversation.PageRequest;
import dev.colloquy.domain.conversation.Receipt;
import dev.colloquy.domain.retention.Retention;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.function.Supplier;
import java.util.stream.IntStream;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.ValueSource;

/** S10: expiry is set in the same atomic step as the append; after expiry nothing is visible. */
abstract class RetentionClause extends Clause {

    // With the name of the test, which a report may show nowhere else.
    private static final String EACH = "{displayName}: from {0}";

    private static final Retention LAST_MESSAGE = of(Retention.From.LAST_MESSAGE);
    private static final Retention LAST_ACCESS = of(Retention.From.LAST_ACCESS);

    private static final Duration TWENTY_MINUTES = Duration.ofMinutes(20);
    private static final Duration FORTY_MINUTES = Duration.ofMinutes(40);

    RetentionClause(Supplier<StoreHarness> harness) {
        super(harness);
    }

    private Receipt.Stored append(Retention retention, String id) {
        return append(Append.of(retention, message(id)));
    }

    private ConversationView read(Retention retention) {
        return store.read(alex, MessageRange.all(), retention);
    }

    private static Retention of(Retention.From from) {
        return new Retention(from, HOUR, null);
    }

    @ParameterizedTest(name = EACH)
    @EnumSource
    @DisplayName("S10 a new conversation expires after the period, whatever it counts from; receipt and read agree")
    void period(Retention.From from) {
        assertTimeLeft(Optional.of(append(of(from), "m").expiresAt()), HOUR);
        assertTimeLeft(HOUR);
    }

    @Test
    @DisplayName("S10 a period may be a month or the longest there is, and have a fraction of a second")
    void longPeriods() {
        for (Duration period :
                List.of(HOUR.plusMillis(1), Duration.ofDays(30), Duration.ofDays(90), Retention.LONGEST)) {
            Append append = Append.of(Retention.sinceLastMessage(period), message("m"));

            assertTimeLeft(Optional.of(append(append).expiresAt()), period);
            assertTimeLeft(period);
            store.clear(alex);
        }
    }

    @ParameterizedTest(name = EACH)
    @EnumSource
    @DisplayName("S10 an append prolongs the life of the conversation, unless it counts from the first message")
    void appendProlongs(Retention.From from) {
        append(of(from), "m");
        harness.passTime(TWENTY_MINUTES);
        Duration expected = from == Retention.From.FIRST_MESSAGE ? FORTY_MINUTES : HOUR;

        assertTimeLeft(Optional.of(append(of(from), "n").expiresAt()), expected);
        assertTimeLeft(expected);
    }

    @ParameterizedTest(name = EACH)
    @EnumSource
    @DisplayName("S10 a read prolongs it only if it counts from the last access, whichever range is read")
    void readProlongs(Retention.From from) {
        List<MessageRange> ranges =
                List.of(MessageRange.all(), MessageRange.last(1), MessageRange.after(0, 1), MessageRange.after(9, 1));
        for (int i = 0; i < ranges.size(); i++) {
            ConversationId id = ConversationId.of(alex.agent().value(), "user-" + i);
            append(store, id, Append.of(of(from), message("m")));
            harness.passTime(TWENTY_MINUTES);
            Duration expected = from == Retention.From.LAST_ACCESS ? HOUR : FORTY_MINUTES;

            ConversationView view = store.read(id, ranges.get(i), of(from));
            assertTimeLeft(Optional.ofNullable(view.expiresAt()), expected);
            assertTimeLeft(Optional.ofNullable(read(id).expiresAt()), expected);
        }
    }

    @Test
    @DisplayName("S10 each append, and each read that prolongs, brings its own retention, also a shorter one")
    void otherRetention() {
        append(WEEK, "m");

        assertTimeLeft(Optional.of(append(LAST_MESSAGE, "n").expiresAt()), HOUR);
        assertTimeLeft(HOUR);

        append(WEEK, "o");
        assertTimeLeft(Optional.ofNullable(read(LAST_ACCESS).expiresAt()), HOUR);
        assertTimeLeft(HOUR);
    }

    @Test
    @DisplayName("S10 an append that counts from the first message leaves the expiry where it is, whoever set it")
    void firstMessageBehindOthers() {
        append(WEEK, "m");
        harness.passTime(TWENTY_MINUTES);

        Duration left = WEEK.period().minus(TWENTY_MINUTES);
        assertTimeLeft(Optional.of(append(of(Retention.From.FIRST_MESSAGE), "n").expiresAt()), left);
        assertTimeLeft(left);
    }

    @ParameterizedTest(name = EACH)
    @EnumSource
    @DisplayName("S10 an append that is refused does not prolong it")
    void refused(Retention.From from) {
        append(of(from), "m");
        harness.passTime(TWENTY_MINUTES);

        for (Append refused : List.of(
                Append.of(of(from), message("m", "other-content")),
                Append.of(of(from), message("n")).expecting(ExpectedPosition.empty()))) {
            // Whether a store must refuse it, the clauses on repetition and condition say.
            if (catchThrowable(() -> append(refused)) != null) {
                assertTimeLeft(FORTY_MINUTES);
            }
        }
    }

    @ParameterizedTest(name = EACH)
    @EnumSource
    @DisplayName("S10 the conversation is there until it expires, and from then on nothing is visible")
    void expires(Retention.From from) {
        Duration tolerance = harness.timeTolerance();
        // A store may keep the expiry in milliseconds.
        Duration shortly = tolerance.isZero() ? Duration.ofMillis(1) : tolerance.multipliedBy(10);
        append(of(from), "m");

        harness.passTime(HOUR.minus(shortly));
        // Read under a retention that does not prolong.
        assertThat(ids(read(LAST_MESSAGE))).containsExactly("m");
        harness.passTime(shortly);

        assertThat(read(of(from))).as("after the expiry").isEqualTo(ConversationView.empty(alex));
        assertThat(harness.anotherClient().read(alex, MessageRange.last(1), of(from)))
                .isEqualTo(ConversationView.empty(alex));
        assertThat(list(alex.agent(), 10)).isEmpty();
    }

    @ParameterizedTest(name = EACH)
    @EnumSource
    @DisplayName("S10 after the expiry the conversation begins anew: empty, number 1, no known id, a new period")
    void beginsAnew(Retention.From from) {
        append(batch(of(from), messages("m", 3)));
        harness.passTime(HOUR);

        Receipt.Stored anew =
                append(Append.of(of(from), message("m2", "other-content")).expecting(ExpectedPosition.empty()));

        assertThat(anew.replay()).isFalse();
        assertThat(anew.firstSequence()).isEqualTo(1);
        assertThat(anew.length()).isEqualTo(1);
        assertTimeLeft(Optional.of(anew.expiresAt()), HOUR);
    }

    @ParameterizedTest(name = "{displayName}: prolonged by reads {0}")
    @ValueSource(booleans = {false, true})
    @DisplayName("S10 what is prolonged is there as long as it says: its first messages, its known ids, its numbers")
    void reallyProlonged(boolean byReads) {
        Retention access = LAST_ACCESS.keepingAtMost(4);
        messages("m", 5).forEach(message -> append(Append.of(access, message)));
        if (!append(Append.of(access, message("m1"))).replay()) {
            // That it must be one, the clause on repetition says.
            return;
        }

        for (int i = 0; i < 3; i++) {
            harness.passTime(FORTY_MINUTES);
            if (byReads) {
                store.read(alex, MessageRange.last(1), access);
            } else {
                append(Append.of(access.keepingAtMost(5 + i), message("n" + i)));
            }
        }

        List<String> expected =
                byReads ? List.of("m2", "m3", "m4", "m5") : List.of("m2", "m3", "m4", "m5", "n0", "n1", "n2");
        assertThat(ids(read(LAST_MESSAGE))).isEqualTo(expected);
        assertThat(append(Append.of(access, message("m1"))).replay())
                .as("the one that the cap dropped is a replay")
                .isTrue();
        assertThat(append(Append.of(access, message("next"))).firstSequence()).isEqualTo(byReads ? 6 : 9);
    }

    @Test
    @DisplayName("S10 reading an unknown or expired conversation brings nothing into being")
    void readCreatesNothing() {
        read(LAST_ACCESS);
        append(LAST_ACCESS, "m");
        harness.passTime(HOUR);
        read(LAST_ACCESS);

        assertThat(list(alex.agent(), 10)).isEmpty();
        assertThat(read(LAST_ACCESS).expiresAt()).isNull();
    }

    @Test
    @DisplayName("S10 at most as many messages are kept as the retention says, the oldest dropped first")
    void cap() {
        Retention three = WEEK.keepingAtMost(3);
        for (Message message : messages("m", 3)) {
            append(Append.of(three, message));
        }
        assertThat(ids(read(WEEK))).containsExactly("m1", "m2", "m3");

        assertThat(append(batch(three, messages("n", 2))).length()).isEqualTo(3);
        assertThat(ids(read(WEEK))).containsExactly("m3", "n1", "n2");
        assertThat(append(Append.of(WEEK.keepingAtMost(1), message("o"))).length())
                .isEqualTo(1);
        assertThat(ids(read(WEEK))).containsExactly("o");
        assertThat(append(Append.of(three, message("p"))).length()).isEqualTo(2);
        assertThat(ids(read(WEEK))).containsExactly("o", "p");
    }

    @Test
    @DisplayName("S10 a cap may be beyond the 128 messages that are recognised, and keeps as many as it says")
    void capBeyondHorizon() {
        Retention most = WEEK.keepingAtMost(200);
        for (int i = 0; i < 3; i++) {
            append(batch(most, messages(i + ".", 100)));
        }

        assertThat(ids(read())).hasSize(200).startsWith("1.1").endsWith("2.100");
    }

    @Test
    @DisplayName("S10 the largest cap drops nothing")
    void largestCap() {
        Retention most = WEEK.keepingAtMost(Integer.MAX_VALUE);
        messages("m", 3).forEach(message -> append(Append.of(most, message)));

        assertThat(append(Append.of(most, message("n"))).length()).isEqualTo(4);
        assertThat(ids(read(most))).containsExactly("m1", "m2", "m3", "n");
    }

    @Test
    @DisplayName("S10 a message that a read shows has its expiry already, the first one as well as those behind it")
    void expiryInOneStep() throws Exception {
        List<ConversationId> users = users(10);
        for (ConversationId id : users) {
            Concurrently.runDuring(
                    thread -> append(store, id, Append.of(LAST_MESSAGE, message("a"))),
                    round -> assertExpiresAfter(id, round, HOUR));
        }
        harness.passTime(TWENTY_MINUTES);

        for (ConversationId id : users) {
            Concurrently.runDuring(
                    thread -> append(store, id, Append.of(LAST_MESSAGE, message("b"))),
                    round -> assertExpiresAfter(id, round, FORTY_MINUTES));
        }
    }

    /** @param ofFirst how much time is left as long as there is one message; behind it it is an hour */
    private void assertExpiresAfter(ConversationId id, int round, Duration ofFirst) {
        ConversationView view = client(round).read(id, MessageRange.all(), LAST_MESSAGE);
        if (!view.isEmpty()) {
            assertTimeLeft(Optional.ofNullable(view.expiresAt()), view.length() == 1 ? ofFirst : HOUR);
        }
    }

    private List<ConversationId> users(int count) {
        return IntStream.range(0, count)
                .mapToObj(i -> ConversationId.of(alex.agent().value(), "user-" + i))
                .toList();
    }

    @Test
    @DisplayName("S10 what begins anew after the expiry stays, also if others read and list at that very moment")
    void beginsAnewBesideReaders() throws Exception {
        List<ConversationId> users = users(20);
        users.forEach(id -> append(store, id, Append.of(LAST_MESSAGE, message("a"))));
        harness.passTime(HOUR);

        for (ConversationId id : users) {
            Concurrently.run(4, thread -> switch (thread) {
                case 0 -> append(client(0), id, Append.of(LAST_MESSAGE, message("b")));
                case 1 -> client(0).read(id, MessageRange.all(), LAST_MESSAGE);
                case 2 -> client(1).read(id, MessageRange.last(1), LAST_ACCESS);
                default -> client(1).list(id.agent(), PageRequest.first(100));
            });

            assertThat(ids(read(id))).as("of %s", id).containsExactly("b");
        }
    }

    @Test
    @DisplayName("S10 at no instant is a conversation stored without an expiry")
    void neverWithout() throws Exception {
        Concurrently.runDuring(
                thread -> {
                    for (int i = 0; i < 15; i++) {
                        for (Retention.From from : Retention.From.values()) {
                            append(of(from), "m" + i);
                            store.clear(alex);
                        }
                    }
                    append(LAST_ACCESS, "last");
                    return thread;
                },
                round -> client(round).read(alex, MessageRange.all(), LAST_ACCESS),
                round -> assertNoneWithoutExpiry());

        assertNoneWithoutExpiry();
        assertThat(read(LAST_MESSAGE).expiresAt()).isNotNull();
    }

    private void assertNoneWithoutExpiry() {
        assertThat(harness.conversationsWithoutExpiry().orElse(0))
                .as("conversations stored without an expiry")
                .isZero();
    }
}
