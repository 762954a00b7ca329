package dev.colloquy.application.outbox;

import static dev.colloquy.application.outbox.Fixture.ALEX;
import static dev.colloquy.application.outbox.Fixture.BO;
import static dev.colloquy.application.outbox.Fixture.RETENTION;
import static dev.colloquy.application.outbox.Fixture.shown;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.colloquy.domain.conversation.AgentId;
import dev.colloquy.domain.conversation.Append;
import dev.colloquy.domain.conversation.ClearReceipt;
import dev.colloquy.domain.conversation.Conversation;
import dev.colloquy.domain.conversation.ConversationView;
import dev.colloquy.domain.conversation.ExpectedPosition;
import dev.colloquy.domain.conversation.Message;
import dev.colloquy.domain.conversation.MessageId;
import dev.colloquy.domain.conversation.MessageRange;
import dev.colloquy.domain.conversation.PageRequest;
import dev.colloquy.domain.conversation.Receipt;
import dev.colloquy.domain.conversation.Role;
import dev.colloquy.domain.error.MessageIdConflict;
import dev.colloquy.domain.error.OutboxFull;
import dev.colloquy.domain.error.StoreUnavailable;
import dev.colloquy.domain.port.out.StoreHealth;
import dev.colloquy.domain.retention.Retention;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.assertj.core.api.ThrowableAssert.ThrowingCallable;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Test;

@DisplayName("While the store is unavailable")
class DegradedTest {

    private final Fixture f = new Fixture();

    @Nested
    @DisplayName("an append")
    class Appending {

        @Test
        @DisplayName("is accepted, which is a receipt of its own")
        void isAccepted() {
            f.down();
            assertThat(f.append(ALEX, "m1", "m2"))
                    .isEqualTo(new Receipt.Accepted(f.batch("m1", "m2").messages()));
        }

        @Test
        @DisplayName("does not wait for the store once it is known to be down")
        void doesNotAskTheStore() {
            f.down();
            f.append(ALEX, "m1");
            int calls = f.store.calls.get();
            f.append(ALEX, "m2");
            f.append(BO, "m3");
            assertThat(f.store.calls).hasValue(calls);
        }

        @Test
        @DisplayName("with a condition is refused, and says why")
        void conditionIsRefused() {
            f.down();
            Append first = f.batch("m1").expecting(ExpectedPosition.empty());
            assertThatThrownBy(() -> f.outbox.append(ALEX, first))
                    .isInstanceOf(StoreUnavailable.class)
                    .hasMessage("switched off");
            assertThatThrownBy(() -> f.outbox.append(ALEX, first))
                    .isInstanceOf(StoreUnavailable.class)
                    .hasMessageContaining("conditional append cannot be decided");
            assertThat(shown(f.read(ALEX))).isEmpty();
        }

        @Test
        @DisplayName("may be repeated, and is accepted again without a second entry")
        void mayBeRepeated() {
            f.down();
            Receipt first = f.append(ALEX, "m1", "m2");
            f.append(ALEX, "m3");
            f.pass(Duration.ofSeconds(1));
            assertThat(f.append(ALEX, "m1", "m2"))
                    .isInstanceOf(Receipt.Accepted.class)
                    .isEqualTo(first);
            assertThat(f.outbox.statistics().waitingMessages()).isEqualTo(3);
            f.upAndProbe();
            assertThat(f.store.contents(ALEX)).containsExactly("m1", "m2", "m3");
        }

        @Test
        @DisplayName("of a known id with other content, of a part of a batch, or in another order is refused")
        void conflictsAreRefused() {
            f.down();
            f.append(ALEX, "m1", "m2");
            assertThatThrownBy(() -> f.outbox.append(ALEX, Append.of(RETENTION, f.message("m1", "other"))))
                    .isInstanceOf(MessageIdConflict.class);
            assertThatThrownBy(() -> f.append(ALEX, "m2", "m3")).isInstanceOf(MessageIdConflict.class);
            assertThatThrownBy(() -> f.append(ALEX, "m0", "m1")).isInstanceOf(MessageIdConflict.class);
            assertThatThrownBy(() -> f.append(ALEX, "m2", "m1")).isInstanceOf(MessageIdConflict.class);
            assertThat(f.append(BO, "m1")).isInstanceOf(Receipt.Accepted.class);
        }

        @Test
        @DisplayName("may repeat as one what was sent one by one, before the outage and in it")
        void repeatsWhatIsStoredAndWhatWaits() {
            f.append(ALEX, "m1");
            f.down();
            f.append(ALEX, "m2");
            f.append(ALEX, "m3");
            assertThat(f.append(ALEX, "m1", "m2", "m3")).isInstanceOf(Receipt.Accepted.class);
            assertThat(f.outbox.statistics().waitingMessages()).isEqualTo(2);
            for (String[] other : List.of(new String[] {"m1", "m3"}, new String[] {"m1", "m2", "m3", "m4"})) {
                assertThatThrownBy(() -> f.append(ALEX, other)).isInstanceOf(MessageIdConflict.class);
            }
            f.upAndProbe();
            assertThat(f.store.contents(ALEX)).containsExactly("m1", "m2", "m3");
        }

        @Test
        @DisplayName("may repeat a stored batch of which a part was repeated before")
        void repeatsAfterAPart() {
            f.append(ALEX, "m1", "m2", "m3");
            f.down();
            f.append(ALEX, "m2");
            assertThat(f.append(ALEX, "m1", "m2", "m3")).isInstanceOf(Receipt.Accepted.class);
            assertThat(shown(f.read(ALEX))).containsExactly("m1", "m2", "m3");
            f.upAndProbe();
            assertThat(f.store.contents(ALEX)).containsExactly("m1", "m2", "m3");
        }

        @Test
        @DisplayName("may repeat as one what was sent one by one, of which a part was replayed already")
        void repeatsWhatIsJustReplayed() {
            f.down();
            f.append(ALEX, "m1");
            f.append(ALEX, "m2");
            f.store.beforeAppend = append -> {
                if (append.equals(f.batch("m2"))) {
                    f.store.beforeAppend = any -> {};
                    assertThat(f.append(ALEX, "m1", "m2")).isInstanceOf(Receipt.Accepted.class);
                }
            };
            f.upAndProbe();
            assertThat(f.store.contents(ALEX)).containsExactly("m1", "m2");
        }

        @Test
        @DisplayName("knows a message that the cap has dropped, as the store does")
        void knowsWhatWasDropped() {
            Retention capped = RETENTION.keepingAtMost(1);
            f.outbox.append(ALEX, Append.of(capped, f.message("m1")));
            f.outbox.append(ALEX, Append.of(capped, f.message("m2")));
            f.down();
            f.append(BO, "b1");
            assertThatThrownBy(() -> f.outbox.append(ALEX, Append.of(capped, f.message("m1", "other"))))
                    .isInstanceOf(MessageIdConflict.class);
            assertThat(f.outbox.append(ALEX, Append.of(capped, f.message("m1"))))
                    .isInstanceOf(Receipt.Accepted.class);
            assertThat(shown(f.read(ALEX))).containsExactly("m2");
        }

        @Test
        @DisplayName("of a stored id with other content is refused at once, not only at the replay")
        void conflictWithStoredIsRefused() {
            f.append(ALEX, "m1");
            f.down();
            f.append(BO, "m1");
            assertThatThrownBy(() -> f.outbox.append(ALEX, Append.of(RETENTION, f.message("m1", "other"))))
                    .isInstanceOf(MessageIdConflict.class);
        }

        @Test
        @DisplayName("of an id that lies too far back for the store to recognise is a new message")
        void idBeyondTheHorizon() {
            IntStream.rangeClosed(0, Conversation.HORIZON).forEach(i -> f.append(ALEX, "m" + i));
            f.down();
            f.outbox.append(ALEX, Append.of(RETENTION, f.message("m0", "anew")));
            assertThatThrownBy(() -> f.outbox.append(ALEX, Append.of(RETENTION, f.message("m1", "anew"))))
                    .isInstanceOf(MessageIdConflict.class);
            f.upAndProbe();
            assertThat(f.store.contents(ALEX)).hasSize(Conversation.HORIZON + 2).endsWith("m0");
        }

        @Test
        @DisplayName("that the store was asked for, and that conflicts with what is known here, has an unknown outcome")
        void conflictAfterAnAttempt() {
            f.append(ALEX, "m1");
            f.store.clear(ALEX);
            f.store.mode = SwitchedStore.Mode.FAILS_AFTER_WRITING;
            assertThatThrownBy(() -> f.outbox.append(ALEX, Append.of(RETENTION, f.message("m1", "other"))))
                    .isInstanceOf(StoreUnavailable.class)
                    .satisfies(
                            e -> assertThat(e.getSuppressed()).singleElement().isInstanceOf(MessageIdConflict.class));
            assertThat(f.store.contents(ALEX)).containsExactly("m1");
            assertThat(f.outbox.statistics().episodes()).isEqualTo(1);
        }

        @Test
        @DisplayName("that the store was asked for, and that conflicts with what waits by now, has an unknown outcome")
        void conflictWithWhatWaitsAfterAnAttempt() {
            f.store.afterAppend = append -> {
                f.down();
                f.append(ALEX, "m1");
                throw new StoreUnavailable("no reply came", null);
            };
            assertThatThrownBy(() -> f.outbox.append(ALEX, Append.of(RETENTION, f.message("m1", "other"))))
                    .isInstanceOf(StoreUnavailable.class)
                    .hasMessage("no reply came")
                    .satisfies(
                            e -> assertThat(e.getSuppressed()).singleElement().isInstanceOf(MessageIdConflict.class));
            assertThat(f.outbox.statistics().waitingMessages()).isEqualTo(1);
        }

        @Test
        @DisplayName("of what is stored already is accepted, shown once and stored once")
        void repeatOfStored() {
            f.append(ALEX, "m1");
            f.down();
            assertThat(f.append(ALEX, "m1")).isInstanceOf(Receipt.Accepted.class);
            assertThat(shown(f.read(ALEX))).containsExactly("m1");
            f.upAndProbe();
            assertThat(f.store.contents(ALEX)).containsExactly("m1");
        }
    }

    @Nested
    @DisplayName("the outbox")
    class Limits {

        @Test
        @DisplayName("takes so many messages and refuses the next one; what it took stays")
        void fullByMessages() {
            f.use(f.settings.holding(2, 1000));
            f.down();
            f.append(ALEX, "m1", "m2");
            assertThatThrownBy(() -> f.append(BO, "m3"))
                    .isInstanceOfSatisfying(
                            OutboxFull.class,
                            full -> assertThat(full.retryAfter()).isPositive())
                    .hasMessageContaining("at most 2 messages");
            assertThat(f.outbox.statistics().refusedCalls()).isEqualTo(1);
            assertThat(f.append(ALEX, "m1", "m2")).isInstanceOf(Receipt.Accepted.class);
            f.upAndProbe();
            assertThat(f.store.writes).containsExactly("alex:m1", "alex:m2");
            assertThat(f.outbox.statistics().waitingMessages()).isZero();
            assertThat(f.outbox.statistics().waitingBytes()).isZero();
        }

        @Test
        @DisplayName("says that it is full once it has refused a message, until something leaves it")
        void saysThatItIsFull() {
            f.use(f.settings.holding(2, 1000));
            f.down();
            f.append(ALEX, "m1", "m2");
            assertThat(f.outbox.checkHealth().detail()).endsWith("in the outbox: 2 messages of 1 conversation");

            assertThatThrownBy(() -> f.append(BO, "m3")).isInstanceOf(OutboxFull.class);
            assertThat(f.outbox.checkHealth().status()).isEqualTo(StoreHealth.Status.DEGRADED);
            assertThat(f.outbox.checkHealth().detail())
                    .endsWith("in the outbox: 2 messages of 1 conversation; it is full");

            f.upAndProbe();
            f.down();
            f.append(BO, "m3");
            assertThat(f.outbox.checkHealth().detail()).endsWith("in the outbox: 1 message of 1 conversation");
        }

        @Test
        @DisplayName("takes so many bytes and refuses the next message")
        void fullByBytes() {
            f.use(f.settings.holding(100, 10));
            f.down();
            f.outbox.append(ALEX, Append.of(RETENTION, f.message("m1", "ü".repeat(5))));
            assertThat(f.outbox.statistics().waitingBytes()).isEqualTo(10);
            assertThatThrownBy(() -> f.outbox.append(ALEX, Append.of(RETENTION, f.message("m2", "x"))))
                    .isInstanceOf(OutboxFull.class)
                    .hasMessageContaining("at most 10 bytes");
            assertThat(shown(f.read(ALEX))).containsExactly("m1");
        }

        @Test
        @DisplayName("counts what many short entries of metadata take beside their text")
        void fullByMetadata() {
            Map<String, String> metadata =
                    IntStream.range(10, 74).boxed().collect(Collectors.toMap(String::valueOf, i -> "v"));
            Message message = new Message(new MessageId("m1"), Role.USER, "x", f.instant(), metadata);
            f.use(f.settings.holding(100, 7_000));
            f.down();

            assertThatThrownBy(() -> f.outbox.append(ALEX, Append.of(RETENTION, message)))
                    .isInstanceOf(StoreUnavailable.class)
                    .satisfies(refused -> assertThat(refused.getSuppressed()).hasOnlyElementsOfType(OutboxFull.class));
        }

        @Test
        @DisplayName("that is full does not say that a message was not accepted if the store may have it already")
        void fullAfterAnAttempt() {
            f.use(f.settings.holding(1, 1000));
            f.store.mode = SwitchedStore.Mode.FAILS_AFTER_WRITING;

            assertThatThrownBy(() -> f.append(ALEX, "m1", "m2"))
                    .isInstanceOf(StoreUnavailable.class)
                    .hasMessage("switched off");
            assertThat(f.store.contents(ALEX)).containsExactly("m1", "m2");
            assertThat(f.outbox.statistics().refusedCalls()).isEqualTo(1);
            assertThatThrownBy(() -> f.append(ALEX, "m1", "m2")).isInstanceOf(OutboxFull.class);
        }

        @Test
        @DisplayName("has room again after the replay")
        void hasRoomAgain() {
            f.use(f.settings.holding(1, 1000));
            f.down();
            f.append(ALEX, "m1");
            f.upAndProbe();
            f.down();
            assertThat(f.append(ALEX, "m2")).isInstanceOf(Receipt.Accepted.class);
        }
    }

    @Test
    @DisplayName("does not begin because a caller was interrupted, who learns that the outcome is unknown")
    void interrupted() {
        f.append(ALEX, "m1");
        f.down();
        Thread.currentThread().interrupt();
        Append conditional = f.batch("m2").expecting(ExpectedPosition.empty());
        for (ThrowingCallable call : List.<ThrowingCallable>of(
                () -> f.append(ALEX, "m2"),
                () -> f.outbox.append(ALEX, conditional),
                () -> f.read(ALEX),
                () -> f.outbox.clear(ALEX))) {
            assertThatThrownBy(call).isInstanceOf(StoreUnavailable.class).hasMessage("switched off");
        }
        f.up();

        assertThat(Thread.interrupted()).isTrue();
        assertThat(f.outbox.checkHealth().status()).isEqualTo(StoreHealth.Status.LIVE);
        assertThat(f.append(ALEX, "m3")).isInstanceOf(Receipt.Stored.class);
        assertThat(shown(f.read(ALEX))).containsExactly("m1", "m3");
    }

    @Nested
    @DisplayName("a read")
    class Reading {

        @Test
        @DisplayName("that fails while the store answers is degraded alone")
        void failsAlone() {
            f.append(ALEX, "m1");
            f.store.beforeRead = (id, range) -> {
                if (id.equals(ALEX)) {
                    throw new StoreUnavailable("too long for its time", null);
                }
            };

            ConversationView view = f.read(ALEX);

            assertThat(view.state()).isEqualTo(ConversationView.State.DEGRADED);
            assertThat(shown(view)).containsExactly("m1");
            assertThat(f.outbox.checkHealth().status()).isEqualTo(StoreHealth.Status.LIVE);
            assertThat(f.read(BO).state()).isEqualTo(ConversationView.State.LIVE);
            assertThat(f.append(ALEX, "m2")).isInstanceOf(Receipt.Stored.class);
        }

        @Test
        @DisplayName("shows what was written before and what waits, marked as degraded")
        void showsKnownAndPending() {
            f.append(ALEX, "m1");
            f.append(ALEX, "m2");
            f.down();
            f.append(ALEX, "m3");
            ConversationView view = f.read(ALEX);
            assertThat(view.state()).isEqualTo(ConversationView.State.DEGRADED);
            assertThat(view.messages())
                    .extracting(each -> each.message().id().value())
                    .containsExactly("m1", "m2");
            assertThat(view.pending()).extracting(each -> each.id().value()).containsExactly("m3");
            assertThat(view.length()).isEqualTo(2);
            assertThat(view.expiresAt()).isNull();
        }

        @Test
        @DisplayName("finds out by itself that the store is down, and shows what was read before")
        void showsWhatWasRead() {
            f.append(ALEX, "m1");
            f.restart();
            f.read(ALEX);
            f.down();
            assertThat(f.read(ALEX).state()).isEqualTo(ConversationView.State.DEGRADED);
            assertThat(shown(f.read(ALEX))).containsExactly("m1");
        }

        @Test
        @DisplayName("that fails because the store is down begins the outage for all")
        void beginsTheOutage() {
            f.down();
            f.read(ALEX);
            int calls = f.store.calls.get();

            assertThat(f.append(BO, "b1")).isInstanceOf(Receipt.Accepted.class);
            assertThat(f.store.calls).hasValue(calls);
        }

        @Test
        @DisplayName("of a conversation that is not known here is degraded, not an empty conversation")
        void unknownIsDegraded() {
            f.append(ALEX, "m1");
            f.restart();
            f.down();
            assertThat(f.read(ALEX).state()).isEqualTo(ConversationView.State.DEGRADED);
            assertThat(shown(f.read(ALEX))).isEmpty();
        }

        @Test
        @DisplayName("does not show what has expired")
        void expiredIsNotShown() {
            f.append(ALEX, "m1");
            f.down();
            f.pass(RETENTION.period());
            assertThat(shown(f.read(ALEX))).isEmpty();
        }

        @Test
        @DisplayName("shows no more than the cap, the latest ones of both")
        void capped() {
            Retention capped = RETENTION.keepingAtMost(3);
            List<Message> sent = List.of(f.message("m3"), f.message("m4"));
            f.append(ALEX, "m1", "m2");
            f.down();
            f.outbox.append(ALEX, new Append(sent, ExpectedPosition.any(), capped));
            assertThat(shown(f.outbox.read(ALEX, MessageRange.all(), capped))).containsExactly("m2", "m3", "m4");
            assertThat(shown(f.outbox.read(ALEX, MessageRange.last(2), capped))).containsExactly("m3", "m4");
            assertThat(shown(f.outbox.read(ALEX, MessageRange.after(0, 2), capped)))
                    .containsExactly("m2", "m3");
            f.outbox.append(ALEX, Append.of(capped, f.message("m5")));
            f.outbox.append(ALEX, Append.of(capped, f.message("m6")));
            assertThat(shown(f.outbox.read(ALEX, MessageRange.all(), capped))).containsExactly("m4", "m5", "m6");
            f.upAndProbe();
            assertThat(f.store.contents(ALEX)).containsExactly("m4", "m5", "m6");
        }

        @Test
        @DisplayName("takes a range over both")
        void ranges() {
            f.append(ALEX, "m1", "m2");
            f.down();
            f.append(ALEX, "m3", "m4");
            assertThat(shown(f.outbox.read(ALEX, MessageRange.last(1), RETENTION)))
                    .containsExactly("m4");
            assertThat(shown(f.outbox.read(ALEX, MessageRange.last(3), RETENTION)))
                    .containsExactly("m2", "m3", "m4");
            assertThat(shown(f.outbox.read(ALEX, MessageRange.after(1, 2), RETENTION)))
                    .containsExactly("m2", "m3");
            assertThat(shown(f.outbox.read(ALEX, MessageRange.after(0, 1), RETENTION)))
                    .containsExactly("m1");
        }
    }

    @Nested
    @DisplayName("a clear")
    class Clearing {

        @Test
        @DisplayName("is accepted and shows at once")
        void showsAtOnce() {
            f.append(ALEX, "m1");
            f.down();
            f.append(ALEX, "m2");
            assertThat(f.outbox.clear(ALEX)).isEqualTo(ClearReceipt.ACCEPTED);
            assertThat(shown(f.read(ALEX))).isEmpty();
            f.append(ALEX, "m3");
            assertThat(shown(f.read(ALEX))).containsExactly("m3");
        }

        @Test
        @DisplayName("that was replayed is done with: what was stored behind it is shown, once, while the rest waits")
        void isDoneWith() {
            f.down();
            f.outbox.clear(ALEX);
            f.append(ALEX, "m1");
            f.appendApart(ALEX, "m2");
            f.store.afterAppend = append -> f.down();
            f.upAndProbe();

            assertThat(f.store.contents(ALEX)).containsExactly("m1");
            assertThat(shown(f.read(ALEX))).containsExactly("m1", "m2");
        }

        @Test
        @DisplayName("is replayed in its place")
        void isReplayedInItsPlace() {
            f.append(ALEX, "m1");
            f.down();
            f.append(ALEX, "m2");
            f.outbox.clear(ALEX);
            f.append(ALEX, "m3");
            f.upAndProbe();
            assertThat(f.store.writes).containsExactly("alex:m1", "alex:m2", "alex:clear", "alex:m3");
            assertThat(f.store.contents(ALEX)).containsExactly("m3");
            assertThat(shown(f.read(ALEX))).containsExactly("m3");
        }

        @Test
        @DisplayName("makes the ids new again")
        void idsAreNewAgain() {
            f.append(ALEX, "m1");
            f.down();
            f.append(ALEX, "m2");
            f.outbox.clear(ALEX);
            f.outbox.append(ALEX, Append.of(RETENTION, f.message("m1", "other")));
            f.append(ALEX, "m2");
            f.upAndProbe();
            assertThat(f.store.contents(ALEX)).containsExactly("m1", "m2");
        }

        @Test
        @DisplayName(
                "is followed by a message of an id that was used before it: that is shown while the other is replayed")
        void sameIdBehindIt() {
            f.down();
            f.append(ALEX, "m1");
            f.outbox.clear(ALEX);
            f.outbox.append(ALEX, Append.of(RETENTION, f.message("m1", "anew")));
            f.store.afterAppend = append -> f.down();
            f.upAndProbe();

            assertThat(f.store.writes).containsExactly("alex:m1");
            assertThat(f.read(ALEX).pending()).extracting(Message::content).containsExactly("anew");
        }

        @Test
        @DisplayName("may be repeated without a second entry")
        void mayBeRepeated() {
            f.down();
            f.outbox.clear(ALEX);
            f.outbox.clear(ALEX);
            assertThat(f.outbox.statistics().waitingMessages()).isEqualTo(1);
        }

        @Test
        @DisplayName("while an earlier one is just being replayed is one of its own")
        void whileOneIsReplayed() {
            f.down();
            f.outbox.clear(ALEX);
            f.store.afterClear = () -> {
                f.store.afterClear = () -> {};
                f.store.append(ALEX, f.batch("m9"));
                assertThat(f.outbox.clear(ALEX)).isEqualTo(ClearReceipt.ACCEPTED);
            };
            f.upAndProbe();
            assertThat(f.store.contents(ALEX)).isEmpty();
            assertThat(f.outbox.statistics().degradedSince()).isEmpty();
        }
    }

    @Test
    @DisplayName("a read shows what was accepted before a repeat of what is stored, also where only the end is known")
    void behindARepeat() {
        f.append(ALEX, "m1");
        f.append(ALEX, "m2");
        f.restart();
        f.outbox.read(ALEX, MessageRange.last(1), RETENTION);
        f.down();
        f.append(ALEX, "n1");
        f.append(ALEX, "n2");
        f.append(ALEX, "m2");

        assertThat(shown(f.read(ALEX))).containsExactly("m2", "n1", "n2");
    }

    @Test
    @DisplayName("a read shows what was accepted before a message whose own attempt arrived, too")
    void behindALostAnswer() {
        Retention capped = RETENTION.keepingAtMost(100);
        IntStream.range(0, 300).forEach(i -> f.outbox.append(ALEX, Append.of(capped, f.message("old" + i))));
        f.restart();
        f.outbox.read(ALEX, MessageRange.last(20), capped);
        f.store.beforeAppend = lost -> {
            f.store.beforeAppend = append -> {};
            f.down();
            f.outbox.append(ALEX, Append.of(capped, f.message("waits")));
            f.store.mode = SwitchedStore.Mode.FAILS_AFTER_WRITING;
        };
        f.outbox.append(ALEX, Append.of(capped, f.message("lost")));
        // The store is back for a look at what it holds, and away again.
        f.store.beforeAppend = append -> f.down();
        f.upAndProbe();

        assertThat(shown(f.outbox.read(ALEX, MessageRange.last(3), capped))).containsExactly("old299", "lost", "waits");
    }

    @Test
    @DisplayName("a listing is refused")
    void listingIsRefused() {
        f.down();
        f.append(ALEX, "m1");
        assertThatThrownBy(() -> f.outbox.list(ALEX.agent(), PageRequest.first(10)))
                .isInstanceOf(StoreUnavailable.class);
        f.upAndProbe();
        assertThat(f.outbox.list(ALEX.agent(), PageRequest.first(10)).conversations())
                .containsExactly(ALEX);
    }

    @Test
    @DisplayName("a listing is refused also when the store is back, as long as something of the agent waits")
    void listingWaits() {
        f.down();
        f.append(ALEX, "m1");
        f.append(BO, "b1");
        f.store.beforeAppend = append -> {
            throw new IllegalStateException("refused");
        };
        f.upAndProbe();
        assertThatThrownBy(() -> f.outbox.list(ALEX.agent(), PageRequest.first(10)))
                .isInstanceOf(StoreUnavailable.class)
                .hasMessageContaining("would not be complete");
        assertThat(f.outbox.list(new AgentId("support"), PageRequest.first(10)).conversations())
                .isEmpty();
    }

    @Test
    @DisplayName("health is degraded and says since when and how much waits")
    void health() {
        f.down();
        f.append(ALEX, "m1");
        f.append(BO, "m2");
        assertThat(f.outbox.checkHealth())
                .isEqualTo(StoreHealth.degraded(
                        "degraded since 2026-01-01T00:00:00Z; in the outbox: 2 messages of" + " 2 conversations"));
        f.upAndProbe();
        assertThat(f.outbox.checkHealth().status()).isEqualTo(StoreHealth.Status.LIVE);
    }

    @Test
    @DisplayName("health is degraded too when nobody has wanted anything of the store yet")
    void healthBeforeTheFirstCall() {
        f.down();

        assertThat(f.outbox.checkHealth())
                .isEqualTo(StoreHealth.degraded("switched off; messages would be accepted, and wait until it is back"));
        assertThat(f.append(ALEX, "m1")).isInstanceOf(Receipt.Accepted.class);
    }

    @Test
    @DisplayName("health says so when the store refuses: nothing is accepted then")
    void healthOfARefusal() {
        f.down();
        f.store.unwell = StoreHealth.refused("wrong password");

        assertThat(f.outbox.checkHealth()).isEqualTo(StoreHealth.refused("wrong password"));
    }

    @Test
    @DisplayName("a store that only looks as if it were back leaves the state degraded")
    void refusedWhileDown() {
        f.down();
        f.append(ALEX, "m1");
        f.store.unwell = StoreHealth.refused("wrong password");
        f.outbox.probe();

        assertThat(f.outbox.checkHealth().status()).isEqualTo(StoreHealth.Status.DEGRADED);
        f.upAndProbe();
        assertThat(f.store.contents(ALEX)).containsExactly("m1");
    }

    @Test
    @DisplayName("a batch that repeats a part of another one is refused, as the store would refuse it later")
    void partsOfABatch() {
        f.append(ALEX, "m1", "m2", "m3");
        f.down();
        f.append(BO, "b1");

        for (List<String> part : List.of(List.of("m3", "m4"), List.of("m0", "m1"), List.of("m1", "m3"))) {
            assertThatThrownBy(() -> f.append(ALEX, part.toArray(new String[0])))
                    .isInstanceOf(MessageIdConflict.class);
        }
        assertThat(f.append(ALEX, "m2", "m3")).isInstanceOf(Receipt.Accepted.class);
        f.upAndProbe();
        assertThat(f.store.contents(ALEX)).containsExactly("m1", "m2", "m3");
        assertThat(f.outbox.keptAside()).isEmpty();
    }

    @Test
    @DisplayName("the statistics say since when, how much and for how long")
    void statistics() {
        f.down();
        f.append(ALEX, "m1");
        f.pass(Duration.ofSeconds(3));
        f.append(ALEX, "m2");
        OutboxStatistics statistics = f.outbox.statistics();
        assertThat(statistics.degradedSince()).contains(f.instant().minusSeconds(3));
        assertThat(statistics.degradedTime()).isEqualTo(Duration.ofSeconds(3));
        assertThat(statistics.oldestAge()).isEqualTo(Duration.ofSeconds(3));
        assertThat(statistics.waitingMessages()).isEqualTo(2);
        f.upAndProbe();
        assertThat(statistics.degradedSince()).isEmpty();
        assertThat(statistics.degradedTime()).isZero();
        assertThat(statistics.oldestAge()).isZero();
        assertThat(statistics.replayedMessages()).isEqualTo(2);
        assertThat(statistics.episodes()).isEqualTo(1);
    }

    @Test
    @DisplayName("the statistics know no negative times, though somebody sets the clock back")
    void clockSetBack() {
        f.down();
        f.append(ALEX, "m1");
        f.pass(Duration.ofHours(-1));
        assertThat(f.outbox.statistics().degradedTime()).isZero();
        assertThat(f.outbox.statistics().oldestAge()).isZero();
    }

    @Test
    @DisplayName("health is degraded, and not refused any more, when the store goes away that refused what waits")
    void awayAfterARefusal() {
        f.down();
        f.append(ALEX, "m1");
        f.store.mode = SwitchedStore.Mode.REFUSES;
        f.outbox.probe();
        assertThat(f.outbox.checkHealth().status()).isEqualTo(StoreHealth.Status.REFUSED);

        f.down();
        assertThat(f.append(BO, "b1")).isInstanceOf(Receipt.Accepted.class);
        assertThat(f.outbox.checkHealth().status()).isEqualTo(StoreHealth.Status.DEGRADED);
    }
}
