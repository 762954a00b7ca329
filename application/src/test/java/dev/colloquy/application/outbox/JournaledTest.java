package dev.colloquy.application.outbox;

import static dev.colloquy.application.outbox.Fixture.ALEX;
import static dev.colloquy.application.outbox.Fixture.BO;
import static dev.colloquy.application.outbox.Fixture.shown;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.colloquy.domain.conversation.Append;
import dev.colloquy.domain.conversation.ClearReceipt;
import dev.colloquy.domain.conversation.ConversationId;
import dev.colloquy.domain.conversation.ConversationView;
import dev.colloquy.domain.conversation.Receipt;
import dev.colloquy.domain.error.StoreUnavailable;
import dev.colloquy.domain.port.out.StoreHealth;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CountDownLatch;
import java.util.stream.IntStream;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

@DisplayName("With a journal")
class JournaledTest {

    private final Fixture f = new Fixture();

    @Test
    @DisplayName("what was accepted before the process was killed is replayed first, and new messages queue behind")
    void killed() {
        f.down();
        f.append(ALEX, "m1");
        f.outbox.clear(ALEX);
        f.append(ALEX, "m2");
        f.restart();
        f.up();
        assertThat(f.outbox.statistics().waitingMessages()).isEqualTo(3);
        assertThat(shown(f.read(ALEX))).containsExactly("m2");
        assertThat(f.read(ALEX).state()).isEqualTo(ConversationView.State.DEGRADED);
        assertThat(f.append(ALEX, "m3")).isInstanceOf(Receipt.Accepted.class);
        assertThat(f.append(BO, "b1")).isInstanceOf(Receipt.Stored.class);
        f.outbox.probe();
        assertThat(f.store.contents(ALEX)).containsExactly("m2", "m3");
        assertThat(f.journal.entries).isEmpty();
        assertThat(f.outbox.statistics().degradedSince()).isEmpty();
    }

    @Test
    @DisplayName("what an earlier run left behind is degraded until it is replayed, and nothing new takes its place")
    void killedWhileDown() {
        f.down();
        f.append(ALEX, "m1");
        f.append(BO, "b1");
        f.restart();
        assertThat(f.outbox.checkHealth().status()).isEqualTo(StoreHealth.Status.DEGRADED);
        f.append(ALEX, "m2");
        assertThat(f.journal.entries).containsOnlyKeys(1L, 2L, 3L);
        f.restart();
        f.upAndProbe();
        assertThat(f.store.contents(ALEX)).containsExactly("m1", "m2");
        assertThat(f.store.contents(BO)).containsExactly("b1");
        assertThat(f.outbox.checkHealth().status()).isEqualTo(StoreHealth.Status.LIVE);
    }

    @Test
    @DisplayName("a replay cut short by the end of the process is not doubled, however much others append meanwhile")
    void killedWhileReplaying() {
        f.down();
        List<String> ids = IntStream.range(0, 300).mapToObj(i -> "m" + i).toList();
        ids.forEach(id -> f.append(ALEX, id));
        List<OutboxEntry> written = f.journal.entries();
        f.upAndProbe();
        IntStream.range(0, 200).forEach(i -> f.append(ALEX, "later" + i));
        // As if none of the removals had reached the disk.
        written.forEach(f.journal::append);
        f.restart();
        f.outbox.probe();
        assertThat(f.store.contents(ALEX)).hasSize(500).doesNotHaveDuplicates().startsWith("m0", "m1");
        assertThat(f.outbox.statistics().degradedSince()).isEmpty();
    }

    @Test
    @DisplayName("a message that had arrived before it was accepted is not doubled, although one before it had not")
    void arrivedBehindOneThatHadNot() {
        f.down();
        f.append(ALEX, "m0");
        f.append(ALEX, "m1");
        f.up();
        f.store.append(ALEX, f.batch("m1"));
        IntStream.range(0, 200).forEach(i -> f.store.append(ALEX, f.batch("other" + i)));
        f.restart();
        f.outbox.probe();
        assertThat(f.store.contents(ALEX)).hasSize(202).containsOnlyOnce("m0").containsOnlyOnce("m1");
    }

    @Test
    @DisplayName("a journal that cannot be written means refusal, and nothing of it is shown or replayed")
    void cannotBeWritten() {
        f.down();
        f.journal.fail();
        assertThatThrownBy(() -> f.append(ALEX, "m1")).isInstanceOf(StoreUnavailable.class);
        assertThatThrownBy(() -> f.outbox.clear(ALEX)).isInstanceOf(StoreUnavailable.class);
        assertThat(shown(f.read(ALEX))).isEmpty();
        assertThat(f.outbox.statistics().waitingMessages()).isZero();
        f.upAndProbe();
        assertThat(f.store.writes).isEmpty();
        assertThat(f.outbox.statistics().degradedSince()).isEmpty();
    }

    @Test
    @DisplayName(
            "a journal that cannot be written in an outage is told by the health, and the refused calls are counted")
    void cannotBeWrittenIsTold() {
        f.down();
        f.append(ALEX, "m1");
        f.journal.fail();
        assertThatThrownBy(() -> f.append(ALEX, "m2")).isInstanceOf(StoreUnavailable.class);
        assertThatThrownBy(() -> f.outbox.clear(ALEX)).isInstanceOf(StoreUnavailable.class);

        assertThat(f.outbox.checkHealth())
                .isEqualTo(StoreHealth.degraded("degraded since 2026-01-01T00:00:00Z; in the outbox: 1 message of"
                        + " 1 conversation; disk full"));
        assertThat(f.outbox.statistics().refusedCalls()).isEqualTo(2);

        f.journal.mend();
        f.append(ALEX, "m3");
        assertThat(f.outbox.checkHealth().detail()).endsWith("in the outbox: 2 messages of 1 conversation");
    }

    @Test
    @DisplayName("what was kept aside is still known after a restart")
    void keptAside() {
        KeptAside kept =
                new KeptAside(new OutboxEntry.Appended(7, ALEX, f.instant(), f.batch("m1")), "a conflict", f.instant());
        f.journal.setAside(kept);
        f.restart();
        assertThat(f.outbox.keptAside()).containsExactly(kept);
        assertThat(f.outbox.statistics().degradedSince()).isEmpty();
        f.down();
        f.append(BO, "b1");
        assertThat(f.journal.entries).containsOnlyKeys(8L);
    }

    @Nested
    @DisplayName("that cannot be written any more")
    class Broken {

        private void failBeforeTheReplay() {
            f.down();
            f.append(ALEX, "m1");
            f.append(BO, "b1");
            f.journal.failAltogether();
            f.upAndProbe();
        }

        @Test
        @DisplayName("what was replayed is still shown when nothing else is remembered of its conversation")
        void replayedIsShown() {
            f.use(f.settings.remembering(0));
            failBeforeTheReplay();

            assertThat(f.store.contents(ALEX)).containsExactly("m1");
            assertThat(shown(f.read(ALEX))).containsExactly("m1");
        }

        @Test
        @DisplayName("what was replayed stays, once, and its conversation is degraded until it can be struck off")
        void replayedStays() {
            failBeforeTheReplay();
            f.outbox.probe();

            assertThat(f.store.writes).containsExactly("alex:m1", "bo:b1");
            assertThat(shown(f.read(ALEX))).containsExactly("m1");
            assertThatThrownBy(() -> f.append(ALEX, "m2")).isInstanceOf(StoreUnavailable.class);
            assertThat(f.append(ConversationId.of("onboarding", "cy"), "c1")).isInstanceOf(Receipt.Stored.class);
            assertThat(f.outbox.checkHealth())
                    .isEqualTo(StoreHealth.degraded("degraded since 2026-01-01T00:00:00Z; in the outbox: 2 messages of"
                            + " 2 conversations; disk full"));

            f.journal.mend();
            assertThat(f.append(ALEX, "m2")).isInstanceOf(Receipt.Accepted.class);
            f.outbox.probe();
            assertThat(f.store.contents(ALEX)).containsExactly("m1", "m2");
            assertThat(f.store.contents(BO)).containsExactly("b1");
            assertThat(f.journal.entries).isEmpty();
            assertThat(f.outbox.statistics().replayedMessages()).isEqualTo(3);
            assertThat(f.outbox.checkHealth().status()).isEqualTo(StoreHealth.Status.LIVE);
        }

        @Test
        @DisplayName("what was replayed does not go to the store once more, together with what came behind it")
        void replayedStaysAlone() {
            failBeforeTheReplay();
            f.journal.mend();
            f.append(BO, "b2");
            IntStream.range(0, 200).forEach(i -> f.store.append(BO, f.batch("other" + i)));
            f.outbox.probe();

            assertThat(f.store.contents(BO)).hasSize(202).containsOnlyOnce("b1").endsWith("b2");
        }

        @Test
        @DisplayName("a clear is not carried out, so that after a restart it removes nothing newer")
        void clearWaits() {
            f.append(ALEX, "m1");
            f.down();
            f.outbox.clear(ALEX);
            f.append(ALEX, "m2");
            f.journal.failAltogether();
            f.upAndProbe();
            assertThat(f.store.contents(ALEX)).containsExactly("m1");
            assertThatThrownBy(() -> f.append(ALEX, "m3")).isInstanceOf(StoreUnavailable.class);

            f.journal.mend();
            f.restart();
            f.outbox.probe();
            f.append(ALEX, "m3");
            assertThat(f.store.contents(ALEX)).containsExactly("m2", "m3");
            f.restart();
            f.outbox.probe();
            assertThat(f.store.contents(ALEX)).containsExactly("m2", "m3");
        }

        @Test
        @DisplayName("between a clear and its removal: the clear is not repeated, and what is behind it waits")
        void failsBehindTheClear() {
            f.down();
            f.outbox.clear(ALEX);
            f.append(ALEX, "m1");
            f.up();
            f.journal.beforeChange = f.journal::failAltogether;
            f.outbox.probe();
            f.outbox.probe();
            assertThat(f.store.writes).containsExactly("alex:clear");

            f.journal.mend();
            f.outbox.probe();
            assertThat(f.store.writes).containsExactly("alex:clear", "alex:m1");
            assertThat(f.journal.entries).isEmpty();
        }

        @Test
        @DisplayName("between a clear and its removal: a further clear is one of its own")
        void clearedOnceMore() {
            f.down();
            f.outbox.clear(ALEX);
            f.up();
            f.journal.beforeChange = f.journal::failChanges;
            f.outbox.probe();
            f.store.append(ALEX, f.batch("m9"));
            assertThat(f.outbox.clear(ALEX)).isEqualTo(ClearReceipt.ACCEPTED);

            f.journal.mend();
            f.outbox.probe();
            assertThat(f.store.contents(ALEX)).isEmpty();
            assertThat(f.journal.entries).isEmpty();
        }

        @Test
        @DisplayName("what cannot be replayed is kept aside when that can be written down")
        void asideLater() {
            f.down();
            f.append(ALEX, "m1");
            f.up();
            f.store.append(ALEX, Append.of(Fixture.RETENTION, f.message("m1", "somebody else's")));
            f.journal.failAltogether();
            f.outbox.probe();
            assertThat(f.outbox.keptAside()).isEmpty();

            f.journal.mend();
            f.outbox.probe();
            assertThat(f.outbox.keptAside()).hasSize(1);
            assertThat(f.journal.kept).containsOnlyKeys(1L);
            assertThat(f.outbox.statistics().degradedSince()).isEmpty();
        }
    }

    @Nested
    @DisplayName("the end")
    @Timeout(60)
    class Closing {

        @Test
        @DisplayName("drains what it can")
        void drains() {
            f.down();
            f.append(ALEX, "m1");
            f.up();
            f.outbox.close(Duration.ofSeconds(30));
            assertThat(f.store.contents(ALEX)).containsExactly("m1");
            assertThat(f.journal.isClosed).isTrue();
        }

        private void acceptAndComeBackInAPause() {
            f.outbox =
                    OutboxConversationStore.over(f.store, f.journal, f.settings.probingEvery(Duration.ofMinutes(1)), f);
            f.down();
            f.append(ALEX, "m1");
            f.up();
        }

        @Test
        @DisplayName("with a probe of its own cuts its pause short")
        void cutsThePauseShort() {
            acceptAndComeBackInAPause();
            f.outbox.close(Duration.ofSeconds(30));
            assertThat(f.store.contents(ALEX)).containsExactly("m1");
        }

        @Test
        @DisplayName("on an interrupted thread takes the time that it may take, and leaves the thread interrupted")
        void interrupted() {
            acceptAndComeBackInAPause();
            Thread.currentThread().interrupt();
            f.outbox.close(Duration.ofSeconds(30));

            assertThat(Thread.interrupted()).isTrue();
            assertThat(f.store.contents(ALEX)).containsExactly("m1");
            assertThat(f.journal.entries).isEmpty();
        }

        @Test
        @DisplayName("of a thread that is interrupted meanwhile waits for the last call, so that it is struck off")
        void interruptedMeanwhile() {
            acceptAndComeBackInAPause();
            Thread closer = Thread.currentThread();
            f.store.afterAppend = append -> {
                closer.interrupt();
                while (closer.isInterrupted() && closer.isAlive()) {
                    Thread.onSpinWait();
                }
            };
            f.outbox.close(Duration.ofSeconds(30));

            assertThat(Thread.interrupted()).isTrue();
            assertThat(f.store.contents(ALEX)).containsExactly("m1");
            assertThat(f.journal.entries).isEmpty();
        }

        @Test
        @DisplayName("begins no outage when calls under way fail: nothing is accepted any more")
        void callsUnderWay() {
            f.store.beforeAppend = append -> f.outbox.close();
            f.down();

            assertThatThrownBy(() -> f.append(ALEX, "m1"))
                    .isInstanceOf(StoreUnavailable.class)
                    .hasMessageContaining("stopping");
            assertThat(f.read(ALEX).messages()).isEmpty();
            assertThat(f.outbox.statistics().episodes()).isZero();
            assertThat(f.outbox.statistics().degradedSince()).isEmpty();
        }

        @Test
        @DisplayName("needs no grace of one's own")
        void withoutAGrace() {
            f.outbox.close();
            assertThat(f.journal.isClosed).isTrue();
        }

        @Test
        @DisplayName("leaves the rest in the journal, and accepts nothing more")
        void leavesTheRest() {
            f.down();
            f.append(ALEX, "m1");
            f.outbox.close(Duration.ZERO);
            f.outbox.close();
            assertThatThrownBy(() -> f.append(ALEX, "m2"))
                    .isInstanceOf(StoreUnavailable.class)
                    .hasMessageContaining("stopping");
            assertThat(f.journal.entries).containsOnlyKeys(1L);
            assertThat(f.journal.isClosed).isTrue();
        }
    }

    @Test
    @DisplayName("a close in the middle of a replay ends it, and what was replayed is struck off")
    void closedWhileReplaying() throws Exception {
        f.down();
        f.append(ALEX, "m1");
        f.appendApart(ALEX, "m2");
        f.up();
        CountDownLatch replaying = new CountDownLatch(1);
        CompletableFuture<Thread> closing = new CompletableFuture<>();
        f.store.afterAppend = append -> {
            replaying.countDown();
            Thread closer = closing.join();
            while (closer.getState() != Thread.State.TIMED_WAITING && closer.isAlive()) {
                Thread.onSpinWait();
            }
        };
        OutboxConversationStore store = OutboxConversationStore.over(f.store, f.journal, f.settings, f);
        replaying.await();

        Thread closer = Thread.ofPlatform().start(() -> store.close(Duration.ZERO));
        closing.complete(closer);
        closer.join();

        assertThat(f.store.contents(ALEX)).containsExactly("m1");
        assertThat(f.journal.entries).containsOnlyKeys(2L);
    }

    @Test
    @DisplayName("a clear that cannot be written down leaves what was accepted before as it is")
    void withdrawnClear() {
        f.down();
        f.append(ALEX, "m1");
        f.append(ALEX, "m2");
        f.journal.fail();
        assertThatThrownBy(() -> f.outbox.clear(ALEX)).isInstanceOf(StoreUnavailable.class);
        f.journal.beforeAppend = entry -> {};

        assertThat(shown(f.read(ALEX))).containsExactly("m1", "m2");
        f.append(ALEX, "m2");
        assertThat(f.outbox.statistics().waitingMessages()).isEqualTo(2);
    }

    @Test
    @DisplayName("an error while it is written, as for lack of memory, means refusal, too, and holds up nothing")
    void errorOfTheJournal() {
        f.down();
        f.journal.beforeAppend = entry -> {
            throw new OutOfMemoryError("for a moment");
        };
        assertThatThrownBy(() -> f.append(ALEX, "m1")).isInstanceOf(OutOfMemoryError.class);
        assertThat(f.outbox.statistics().waitingMessages()).isZero();

        f.journal.mend();
        assertThat(f.append(ALEX, "m1")).isInstanceOf(Receipt.Accepted.class);
        f.upAndProbe();
        assertThat(f.store.contents(ALEX)).containsExactly("m1");
    }
}
