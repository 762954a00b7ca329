package dev.colloquy.domain.conversation;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.colloquy.domain.error.ConversationChanged;
import dev.colloquy.domain.error.MessageIdConflict;
import dev.colloquy.domain.retention.Retention;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Test;

@DisplayName("A conversation")
class ConversationTest {

    private static final Instant NOON = Instant.parse("2026-03-01T12:00:00Z");
    private static final ConversationId ALEX = ConversationId.of("onboarding", "alex");
    private static final Retention WEEK = Retention.DEFAULT;

    private static Message message(String id) {
        return new Message(new MessageId(id), Role.USER, "content of " + id, NOON);
    }

    private static Conversation of(Retention retention, int messages) {
        Conversation conversation = Conversation.empty(ALEX);
        for (int i = 1; i <= messages; i++) {
            conversation = conversation
                    .append(Append.of(retention, message("m" + i)), NOON)
                    .conversation();
        }
        return conversation;
    }

    private static List<Long> sequences(ConversationView view) {
        return view.messages().stream().map(SequencedMessage::sequence).toList();
    }

    @Nested
    @DisplayName("when appended to")
    class Appending {

        @Test
        @DisplayName("numbers messages from 1 without a gap")
        void numbers() {
            Conversation.Appended first =
                    Conversation.empty(ALEX).append(Append.of(WEEK, message("a"), message("b")), NOON);
            Conversation.Appended second = first.conversation().append(Append.of(WEEK, message("c")), NOON);

            assertThat(first.receipt().firstSequence()).isEqualTo(1);
            assertThat(first.receipt().lastSequence()).isEqualTo(2);
            assertThat(second.receipt().firstSequence()).isEqualTo(3);
            assertThat(second.receipt().length()).isEqualTo(3);
            assertThat(second.receipt().replay()).isFalse();
        }

        @Test
        @DisplayName("leaves the one it came from as it was")
        void immutable() {
            Conversation before = of(WEEK, 3);
            ConversationView view = before.view(MessageRange.all());

            before.append(Append.of(WEEK, message("x")), NOON);
            before.append(Append.of(WEEK, message("y")), NOON);

            assertThat(before.length()).isEqualTo(3);
            assertThat(before.view(MessageRange.all())).isEqualTo(view);
        }

        @Test
        @DisplayName("twice from the same version gives two conversations that do not mix")
        void branches() {
            Conversation trunk = of(WEEK, 5);
            Conversation left =
                    trunk.append(Append.of(WEEK, message("left")), NOON).conversation();
            Conversation right =
                    trunk.append(Append.of(WEEK, message("right")), NOON).conversation();

            assertThat(left.last().orElseThrow().id()).isEqualTo(new MessageId("left"));
            assertThat(right.last().orElseThrow().id()).isEqualTo(new MessageId("right"));
        }

        @Test
        @DisplayName("keeps to the cap, oldest dropped first, and goes on counting")
        void cap() {
            Conversation capped = of(WEEK.keepingAtMost(3), 200);

            assertThat(sequences(capped.view(MessageRange.all()))).containsExactly(198L, 199L, 200L);
            assertThat(capped.length()).isEqualTo(3);
            assertThat(capped.view(MessageRange.all()).firstSequence()).isEqualTo(198);
        }

        @Test
        @DisplayName("counts the bytes of what it remembers and of what it has dropped but still refers to")
        void heapBytes() {
            long hundred = of(WEEK, 100).heapBytes();
            long capped = of(WEEK.keepingAtMost(2), 100).heapBytes();
            long cappedForLong = of(WEEK.keepingAtMost(2), 9_999).heapBytes();

            assertThat(hundred)
                    .isBetween(
                            50 * of(WEEK, 2).heapBytes() / 2, 50 * of(WEEK, 2).heapBytes() * 2);
            assertThat(capped).isEqualTo(hundred);
            assertThat(cappedForLong).isBetween(of(WEEK, Conversation.HORIZON).heapBytes(), 3 * hundred);
        }
    }

    @Nested
    @DisplayName("when a batch is repeated")
    class Repeating {

        @Test
        @DisplayName("changes nothing and gives the first receipt as a replay")
        void replay() {
            Append batch = Append.of(WEEK, message("a"), message("b"));
            Conversation.Appended first = Conversation.empty(ALEX).append(batch, NOON);
            Conversation grown = first.conversation()
                    .append(Append.of(WEEK, message("c")), NOON)
                    .conversation();

            Conversation.Appended again = grown.append(batch, NOON.plusSeconds(9));

            assertThat(again.conversation()).isSameAs(grown);
            assertThat(again.receipt())
                    .isEqualTo(new Receipt.Stored(
                            first.receipt().messages(), 2, first.receipt().expiresAt(), true));
        }

        @Test
        @DisplayName("recognises the latest 128 messages, also those the cap dropped")
        void horizon() {
            Retention two = WEEK.keepingAtMost(2);
            Conversation conversation = of(two, 1000);

            assertThat(conversation
                            .append(Append.of(two, message("m873")), NOON)
                            .receipt()
                            .replay())
                    .isTrue();
            assertThat(conversation
                            .append(Append.of(two, message("m872")), NOON)
                            .receipt()
                            .replay())
                    .isFalse();
        }

        @Test
        @DisplayName("is recognised also if the first attempt arrives behind its repetition")
        void lateFirstAttempt() {
            Append repetition = Append.of(WEEK, message("a"), message("b"));
            Conversation conversation =
                    Conversation.empty(ALEX).append(repetition, NOON).conversation();

            Conversation.Appended late = conversation.append(repetition.asFirstAttempt(), NOON);

            assertThat(late.receipt().replay()).isTrue();
            assertThat(late.conversation()).isSameAs(conversation);
        }

        @Test
        @DisplayName("is recognised also if the first attempt arrives as late as the horizon lets it")
        void veryLateFirstAttempt() {
            Append repetition = Append.of(WEEK, message("a"));
            Conversation conversation =
                    Conversation.empty(ALEX).append(repetition, NOON).conversation();
            for (int i = 1; i < Conversation.HORIZON; i++) {
                conversation = conversation
                        .append(Append.of(WEEK, message("m" + i)).asFirstAttempt(), NOON)
                        .conversation();
            }

            Conversation.Appended late = conversation.append(repetition.asFirstAttempt(), NOON);

            assertThat(late.receipt().replay()).isTrue();
        }

        @Test
        @DisplayName("is looked at before the condition")
        void beforeCondition() {
            Append conditional = Append.of(WEEK, message("a")).expecting(ExpectedPosition.empty());
            Conversation conversation =
                    Conversation.empty(ALEX).append(conditional, NOON).conversation();

            assertThat(conversation.append(conditional, NOON).receipt().replay())
                    .isTrue();
        }

        @Test
        @DisplayName("refuses the same id with other content")
        void otherContent() {
            Message other = new Message(new MessageId("m2"), Role.USER, "something else", NOON);

            assertThatThrownBy(() -> of(WEEK, 3).append(Append.of(WEEK, other), NOON))
                    .isInstanceOf(MessageIdConflict.class)
                    .hasMessageContaining("m2")
                    .hasMessageNotContaining("something else");
        }

        @Test
        @DisplayName("tells ids apart that have the same hash code")
        void sameHashCode() {
            Conversation conversation = Conversation.empty(ALEX)
                    .append(Append.of(WEEK, message("Aa")), NOON)
                    .conversation();

            assertThat("BB").hasSameHashCodeAs("Aa");
            assertThat(conversation
                            .append(Append.of(WEEK, message("BB")), NOON)
                            .receipt()
                            .lastSequence())
                    .isEqualTo(2);
        }

        @Test
        @DisplayName("refuses a batch of which only a part is known, or in another order")
        void partlyKnown() {
            Conversation conversation = of(WEEK, 3);

            for (Append append : List.of(
                    Append.of(WEEK, message("m3"), message("new")),
                    Append.of(WEEK, message("new"), message("m3")),
                    Append.of(WEEK, message("m2"), message("m1")),
                    Append.of(WEEK, message("m1"), message("m3")))) {
                assertThatThrownBy(() -> conversation.append(append, NOON)).isInstanceOf(MessageIdConflict.class);
            }
        }

        @Test
        @DisplayName("is recognised also if a read has moved the expiry between it and the late first attempt")
        void lateFirstAttemptBehindARead() {
            Retention access = Retention.sinceLastAccess(Duration.ofHours(1));
            Append repetition = Append.of(access, message("a"));
            Conversation read = Conversation.empty(ALEX)
                    .append(repetition, NOON)
                    .conversation()
                    .read(access, NOON.plusSeconds(1));

            Conversation.Appended late = read.append(repetition.asFirstAttempt(), NOON.plusSeconds(2));

            assertThat(late.receipt().replay()).isTrue();
            assertThat(late.conversation()).isSameAs(read);
        }

        @Test
        @DisplayName("refuses a batch whose second message is any of the latest 128")
        void secondMessageKnown() {
            Conversation conversation = of(WEEK, 200);

            assertThatThrownBy(() -> conversation.append(Append.of(WEEK, message("new"), message("m73")), NOON))
                    .isInstanceOf(MessageIdConflict.class);
            assertThat(conversation
                            .append(Append.of(WEEK, message("new"), message("m72")), NOON)
                            .receipt()
                            .replay())
                    .isFalse();
        }

        @Test
        @DisplayName("is recognised also if the late first attempt is one of several that were repeated together")
        void lateFirstAttemptOfAPart() {
            Conversation conversation = Conversation.empty(ALEX)
                    .append(Append.of(WEEK, message("a"), message("b")), NOON)
                    .conversation();
            for (int i = 1; i < Conversation.HORIZON; i++) {
                conversation = conversation
                        .append(Append.of(WEEK, message("m" + i)).asFirstAttempt(), NOON)
                        .conversation();
            }

            assertThat(conversation
                            .append(Append.of(WEEK, message("b")).asFirstAttempt(), NOON)
                            .receipt()
                            .replay())
                    .isTrue();
        }
    }

    @Nested
    @DisplayName("with a condition")
    class Conditional {

        @Test
        @DisplayName("is appended to if it ends where expected")
        void met() {
            Position last = of(WEEK, 3).last().orElseThrow();
            Append append = Append.of(WEEK, message("x")).expecting(ExpectedPosition.last(last));

            assertThat(of(WEEK, 3).append(append, NOON).receipt().lastSequence())
                    .isEqualTo(4);
        }

        @Test
        @DisplayName("refuses if it ends elsewhere, also after a clear that led to the same number")
        void notMet() {
            Append append = Append.of(WEEK, message("x"))
                    .expecting(ExpectedPosition.last(new Position(3, new MessageId("before-the-clear"))));

            assertThatThrownBy(() -> of(WEEK, 3).append(append, NOON))
                    .isInstanceOf(ConversationChanged.class)
                    .hasMessageContaining("onboarding:alex")
                    .hasMessageContaining("3:m3")
                    .hasMessageContaining("3:before-the-clear");
            assertThatThrownBy(() -> Conversation.empty(ALEX).append(append, NOON))
                    .isInstanceOf(ConversationChanged.class);
            assertThatThrownBy(() ->
                            of(WEEK, 1).append(Append.of(WEEK, message("x")).expecting(ExpectedPosition.empty()), NOON))
                    .isInstanceOf(ConversationChanged.class)
                    .hasMessageContaining("empty");
        }
    }

    @Nested
    @DisplayName("when read")
    class Reading {

        private final Conversation five = of(WEEK, 5);

        @Test
        @DisplayName("gives the last N")
        void last() {
            assertThat(sequences(five.view(MessageRange.last(2)))).containsExactly(4L, 5L);
            assertThat(sequences(five.view(MessageRange.last(99)))).hasSize(5);
        }

        @Test
        @DisplayName("gives those after a number, with a limit")
        void after() {
            assertThat(sequences(five.view(MessageRange.after(1, 2)))).containsExactly(2L, 3L);
            assertThat(sequences(five.view(MessageRange.after(4, Integer.MAX_VALUE))))
                    .containsExactly(5L);
            assertThat(sequences(five.view(MessageRange.after(5, 9)))).isEmpty();
            assertThat(sequences(five.view(MessageRange.after(Long.MAX_VALUE, 9))))
                    .isEmpty();
        }

        @Test
        @DisplayName("starts at the first message it still has")
        void afterDropped() {
            Conversation capped = of(WEEK.keepingAtMost(3), 10);

            assertThat(sequences(capped.view(MessageRange.after(2, 2)))).containsExactly(8L, 9L);
        }
    }

    @Nested
    @DisplayName("expires")
    class Expiring {

        private static final Duration HOUR = Duration.ofHours(1);

        @Test
        @DisplayName("so long after its last message, its first, or its last access")
        void retentions() {
            Instant later = NOON.plusSeconds(60);

            assertThat(twice(Retention.sinceLastMessage(HOUR), later).expiresAt())
                    .contains(later.plus(HOUR));
            assertThat(twice(Retention.sinceFirstMessage(HOUR), later).expiresAt())
                    .contains(NOON.plus(HOUR));
            Retention access = Retention.sinceLastAccess(HOUR);
            Instant muchLater = later.plusSeconds(60);
            assertThat(twice(access, later).read(access, muchLater).expiresAt()).contains(muchLater.plus(HOUR));
            assertThat(twice(WEEK, later).read(WEEK, muchLater).expiresAt()).contains(later.plus(WEEK.period()));
        }

        @Test
        @DisplayName("and is empty from that instant on")
        void empty() {
            Conversation conversation = of(Retention.sinceLastMessage(HOUR), 1);

            assertThat(conversation.at(NOON.plus(HOUR).minusNanos(1)).length()).isEqualTo(1);
            assertThat(conversation.at(NOON.plus(HOUR)).length()).isZero();
        }

        private static Conversation twice(Retention retention, Instant second) {
            return of(retention, 1)
                    .append(Append.of(retention, message("second")), second)
                    .conversation();
        }
    }
}
