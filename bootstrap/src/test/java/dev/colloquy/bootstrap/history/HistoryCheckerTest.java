package dev.colloquy.bootstrap.history;

import static dev.colloquy.bootstrap.history.Outcome.accepted;
import static dev.colloquy.bootstrap.history.Outcome.done;
import static dev.colloquy.bootstrap.history.Outcome.refused;
import static dev.colloquy.bootstrap.history.Outcome.stored;
import static dev.colloquy.bootstrap.history.Outcome.unknown;
import static org.assertj.core.api.Assertions.assertThat;

import dev.colloquy.bootstrap.history.Anomaly.Kind;
import dev.colloquy.bootstrap.history.Forged.Caller;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Test;

@DisplayName("The history checker")
class HistoryCheckerTest {

    private static final Caller ANN = new Caller(1, 0);
    private static final Caller BOB = new Caller(2, 0);
    private static final Caller CID = new Caller(3, 1);

    private static Forged history() {
        return new Forged();
    }

    @Nested
    @DisplayName("accepts what can be true")
    class Sound {

        @Test
        @DisplayName("a history with appends, repeats, batches, clears and reads")
        void correct() {
            assertThat(history()
                            .append(ANN, 1, 2, stored(1), "a1")
                            .append(BOB, 3, 4, stored(2), "b1", "b2")
                            .read(CID, 5, 6, "a1", "b1", "b2")
                            .append(ANN, 7, 8, unknown("no answer"), "a2")
                            .append(ANN, 9, 10, stored(4), "a2")
                            .read(CID, 11, 12, "a1", "b1", "b2", "a2")
                            .clear(BOB, 13, 14, done())
                            .read(ANN, 15, 16)
                            .append(CID, 17, 18, stored(1), "c1")
                            .ends("c1")
                            .anomalies())
                    .isEmpty();
        }

        @Test
        @DisplayName("an append of unknown outcome that happened, or did not")
        void unknownOutcome() {
            Forged history = history().append(ANN, 1, 2, unknown("no answer"), "a1");
            assertThat(history.ends("a1").anomalies()).isEmpty();
            assertThat(history.ends().anomalies()).isEmpty();
        }

        @Test
        @DisplayName("an append at the same time as a clear, on either side of it")
        void concurrentClear() {
            Forged history = history().append(ANN, 1, 5, stored(1), "a1").clear(BOB, 2, 4, done());
            assertThat(history.ends("a1").anomalies()).isEmpty();
            assertThat(history.ends().anomalies()).isEmpty();
        }

        @Test
        @DisplayName("a message promised by one process, stored behind what another process stored later")
        void overtaken() {
            assertThat(history()
                            .append(ANN, 1, 2, accepted(), "a1")
                            .append(CID, 3, 4, stored(1), "c1")
                            .read(CID, 5, 6, "c1")
                            .ends("c1", "a1")
                            .anomalies())
                    .isEmpty();
        }

        @Test
        @DisplayName("a clear promised by one process that removes what another process stored later")
        void lateClear() {
            assertThat(history()
                            .clear(ANN, 1, 2, accepted())
                            .append(CID, 3, 4, stored(1), "c1")
                            .ends()
                            .anomalies())
                    .isEmpty();
        }

        @Test
        @DisplayName("a message stored, cleared by another client and stored again by a repetition")
        void repeatedAcrossAClear() {
            assertThat(history()
                            .append(ANN, 1, 2, unknown("reset"), "a1")
                            .read(BOB, 3, 4, "a1")
                            .clear(BOB, 5, 6, done())
                            .append(BOB, 7, 8, stored(1), "b1")
                            .append(ANN, 9, 10, stored(2), "a1")
                            .ends("b1", "a1")
                            .anomalies())
                    .isEmpty();
        }

        @Test
        @DisplayName("a message stored, cleared by another process and stored again by the one that promised it")
        void replayedAcrossAClear() {
            assertThat(storedOnBothSidesOfAClear(2, accepted())).isEmpty();
        }

        @Test
        @DisplayName("a message stored, cleared by another process and stored again within one call")
        void triedAgainAcrossAClear() {
            assertThat(storedOnBothSidesOfAClear(9, stored(1))).isEmpty();
        }

        private static Set<Kind> storedOnBothSidesOfAClear(long finish, Outcome outcome) {
            return history()
                    .append(ANN, 1, finish, outcome, "a1")
                    .append(CID, 3, 4, stored(2), "c1")
                    .read(CID, 5, 6, "a1", "c1")
                    .clear(CID, 7, 8, done())
                    .append(CID, 10, 11, stored(2), "c2")
                    .read(CID, 12, 13, "a1", "c2")
                    .ends("a1", "c2")
                    .anomalies();
        }

        @Test
        @DisplayName("a read that began before the message was stored")
        void concurrentRead() {
            assertThat(history()
                            .append(ANN, 1, 3, stored(1), "a1")
                            .read(BOB, 2, 4)
                            .ends("a1")
                            .anomalies())
                    .isEmpty();
        }

        @Test
        @DisplayName("a degraded read that lacks messages")
        void degradedRead() {
            assertThat(history()
                            .append(ANN, 1, 2, stored(1), "a1")
                            .degradedRead(CID, 3, 4)
                            .ends("a1")
                            .anomalies())
                    .isEmpty();
        }
    }

    @Nested
    @DisplayName("reports, in the end,")
    class End {

        @Test
        @DisplayName("a stored message that is lost")
        void lost() {
            assertThat(history()
                            .append(ANN, 1, 2, stored(1), "a1")
                            .append(ANN, 3, 4, stored(2), "a2")
                            .ends("a1")
                            .anomalies())
                    .containsExactly(Kind.LOST);
        }

        @Test
        @DisplayName("a promised message that is lost")
        void promiseLost() {
            assertThat(history().append(ANN, 1, 2, accepted(), "a1").ends().anomalies())
                    .containsExactly(Kind.LOST);
        }

        @Test
        @DisplayName("a message stored after a clear, removed by that clear")
        void lostToAnEarlierClear() {
            assertThat(history()
                            .clear(BOB, 1, 2, done())
                            .append(ANN, 3, 4, stored(1), "a1")
                            .ends()
                            .anomalies())
                    .containsExactly(Kind.LOST);
        }

        @Test
        @DisplayName("a message promised after a promised clear of the same process, removed by it")
        void lostToThePromisedClear() {
            assertThat(history()
                            .clear(BOB, 1, 2, accepted())
                            .append(ANN, 3, 4, accepted(), "a1")
                            .ends()
                            .anomalies())
                    .containsExactly(Kind.LOST);
        }

        @Test
        @DisplayName("a message that is doubled")
        void doubled() {
            assertThat(history()
                            .append(ANN, 1, 2, accepted(), "a1")
                            .ends("a1", "a1")
                            .anomalies())
                    .containsExactly(Kind.DOUBLED);
        }

        @Test
        @DisplayName("two messages of a client in the wrong order")
        void reordered() {
            assertThat(history()
                            .append(ANN, 1, 2, accepted(), "a1")
                            .append(ANN, 3, 4, accepted(), "a2")
                            .ends("a2", "a1")
                            .anomalies())
                    .containsExactly(Kind.OUT_OF_ORDER);
        }

        @Test
        @DisplayName("a stored message behind one that was sent later, whoever sent it")
        void reorderedInTime() {
            assertThat(history()
                            .append(ANN, 1, 2, stored(1), "a1")
                            .append(CID, 3, 4, accepted(), "c1")
                            .ends("c1", "a1")
                            .anomalies())
                    .containsExactlyInAnyOrder(Kind.OUT_OF_ORDER, Kind.RECEIPT_DISAGREES);
        }

        @Test
        @DisplayName("a gap in the sequence numbers")
        void gap() {
            assertThat(history()
                            .append(ANN, 1, 2, accepted(), "a1")
                            .append(ANN, 3, 4, accepted(), "a2")
                            .endsWith(new TreeMap<>(Map.of(1L, "a1", 3L, "a2")))
                            .anomalies())
                    .containsExactly(Kind.GAP);
        }

        @Test
        @DisplayName("sequence numbers that do not begin at 1 after a clear")
        void gapAfterClear() {
            assertThat(history()
                            .clear(ANN, 1, 2, done())
                            .append(ANN, 3, 4, stored(2), "a1")
                            .endsWith(Map.of(2L, "a1"))
                            .anomalies())
                    .containsExactly(Kind.GAP);
        }

        @Test
        @DisplayName("a refused message that is there all the same")
        void refusedButStored() {
            assertThat(history()
                            .append(ANN, 1, 2, refused("503 full"), "a1")
                            .ends("a1")
                            .anomalies())
                    .containsExactly(Kind.REFUSED_BUT_STORED);
        }

        @Test
        @DisplayName("a message that nobody sent")
        void invented() {
            assertThat(history().ends("x1").anomalies()).containsExactly(Kind.INVENTED);
        }

        @Test
        @DisplayName("a message that a later clear had removed")
        void resurrected() {
            assertThat(history()
                            .append(ANN, 1, 2, stored(1), "a1")
                            .clear(BOB, 3, 4, done())
                            .ends("a1")
                            .anomalies())
                    .containsExactly(Kind.RESURRECTED);
        }

        @Test
        @DisplayName("a promised message replayed behind a promised clear of the same process")
        void resurrectedByReplay() {
            assertThat(history()
                            .append(ANN, 1, 2, accepted(), "a1")
                            .clear(BOB, 3, 4, accepted())
                            .ends("a1")
                            .anomalies())
                    .containsExactly(Kind.RESURRECTED);
        }

        @Test
        @DisplayName("a receipt that names another place")
        void receiptDisagrees() {
            assertThat(history()
                            .append(ANN, 1, 2, stored(1), "a1")
                            .append(ANN, 3, 4, stored(3), "a2")
                            .ends("a1", "a2")
                            .anomalies())
                    .containsExactly(Kind.RECEIPT_DISAGREES);
        }

        @Test
        @DisplayName("a receipt that names another place, after a clear that had ended before the append began")
        void receiptDisagreesAfterClear() {
            assertThat(history()
                            .clear(BOB, 1, 2, done())
                            .append(ANN, 3, 5, stored(1), "a1")
                            .read(BOB, 6, 7, "b1", "a1")
                            .append(BOB, 1, 8, accepted(), "b1")
                            .ends("b1", "a1")
                            .anomalies())
                    .contains(Kind.RECEIPT_DISAGREES);
        }

        @Test
        @DisplayName("a batch of which a part is missing")
        void tornBatch() {
            assertThat(history()
                            .append(ANN, 1, 2, unknown("reset"), "a1", "a2")
                            .ends("a1")
                            .anomalies())
                    .containsExactly(Kind.TORN_BATCH);
        }

        @Test
        @DisplayName("a batch with a stranger in it")
        void mixedBatch() {
            assertThat(history()
                            .append(ANN, 1, 4, accepted(), "a1", "a2")
                            .append(BOB, 2, 3, accepted(), "b1")
                            .ends("a1", "b1", "a2")
                            .anomalies())
                    .containsExactly(Kind.TORN_BATCH);
        }
    }

    @Nested
    @DisplayName("reports, in reads,")
    class Reads {

        @Test
        @DisplayName("a read that shrinks")
        void shrunk() {
            assertThat(history()
                            .append(ANN, 1, 2, unknown("no answer"), "a1")
                            .read(BOB, 3, 4, "a1")
                            .read(BOB, 5, 6)
                            .ends("a1")
                            .anomalies())
                    .containsExactly(Kind.SHRUNK);
        }

        @Test
        @DisplayName("an end that does not continue the last read")
        void endShrunk() {
            assertThat(history()
                            .append(ANN, 1, 2, unknown("no answer"), "a1")
                            .read(BOB, 3, 4, "a1")
                            .ends()
                            .anomalies())
                    .containsExactly(Kind.SHRUNK);
        }

        @Test
        @DisplayName("two reads at the same time that go on in different ways")
        void forked() {
            assertThat(history()
                            .append(ANN, 1, 9, accepted(), "a1")
                            .append(BOB, 1, 9, accepted(), "b1")
                            .append(CID, 1, 9, accepted(), "c1")
                            .read(ANN, 2, 8, "a1", "b1")
                            .read(BOB, 2, 8, "a1", "c1")
                            .ends("a1", "b1", "c1")
                            .anomalies())
                    .contains(Kind.FORKED);
        }

        @Test
        @DisplayName("two reads that begin alike and then differ, after a clear that came before")
        void forkedAfterAClear() {
            assertThat(history()
                            .clear(CID, 1, 2, done())
                            .append(ANN, 3, 4, unknown("reset"), "a1")
                            .append(ANN, 5, 6, stored(1), "a1")
                            .append(BOB, 7, 9, accepted(), "b1")
                            .append(CID, 7, 9, accepted(), "c1")
                            .read(ANN, 7, 9, "a1", "b1")
                            .read(CID, 7, 9, "a1", "c1")
                            .ends("a1", "b1", "c1")
                            .anomalies())
                    .contains(Kind.FORKED);
        }

        @Test
        @DisplayName(
                "two reads that begin alike and then differ, before a clear that came when nothing waited any more")
        void forkedBeforeAClear() {
            assertThat(history()
                            .append(ANN, 1, 2, accepted(), "a1")
                            .read(BOB, 3, 4, "a1")
                            .append(BOB, 5, 7, accepted(), "b1")
                            .append(CID, 5, 7, accepted(), "c1")
                            .read(ANN, 5, 7, "a1", "b1")
                            .read(CID, 5, 7, "a1", "c1")
                            .clear(CID, 8, 9, done())
                            .ends()
                            .anomalies())
                    .contains(Kind.FORKED);
        }

        @Test
        @DisplayName("a read without a message that was stored before")
        void stale() {
            assertThat(history()
                            .append(ANN, 1, 2, stored(1), "a1")
                            .read(CID, 3, 4)
                            .ends("a1")
                            .anomalies())
                    .containsExactly(Kind.STALE_READ);
        }

        @Test
        @DisplayName("a live read of the process in whose outbox a message still waits")
        void liveTooEarly() {
            assertThat(history()
                            .append(ANN, 1, 2, accepted(), "a1")
                            .read(BOB, 3, 4)
                            .ends("a1")
                            .anomalies())
                    .containsExactly(Kind.STALE_READ);
        }

        @Test
        @DisplayName("a read that still shows what was cleared before")
        void notCleared() {
            assertThat(history()
                            .append(ANN, 1, 2, stored(1), "a1")
                            .clear(BOB, 3, 4, done())
                            .read(CID, 5, 6, "a1")
                            .ends()
                            .anomalies())
                    .contains(Kind.RESURRECTED);
        }

        @Test
        @DisplayName("a doubled message that a clear hides in the end")
        void doubledInARead() {
            assertThat(history()
                            .append(ANN, 1, 2, accepted(), "a1")
                            .read(BOB, 3, 4, "a1", "a1")
                            .clear(BOB, 5, 6, done())
                            .ends()
                            .anomalies())
                    .containsExactly(Kind.DOUBLED);
        }

        @Test
        @DisplayName("a message read before it was sent")
        void fromTheFuture() {
            assertThat(history()
                            .read(BOB, 1, 2, "a1")
                            .append(ANN, 3, 4, stored(1), "a1")
                            .ends("a1")
                            .anomalies())
                    .containsExactly(Kind.INVENTED);
        }

        @Test
        @DisplayName("a degraded read that shows a message twice, once stored and once waiting")
        void doubledWhileDegraded() {
            assertThat(history()
                            .append(ANN, 1, 2, accepted(), "a1")
                            .degradedRead(BOB, 3, 4, "a1", "a1")
                            .ends("a1")
                            .anomalies())
                    .containsExactly(Kind.DOUBLED);
        }
    }
}
