package dev.colloquy.bootstrap.journal;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import ch.qos.logback.classic.Logger;
import ch.qos.logback.classic.spi.ILoggingEvent;
import ch.qos.logback.core.read.ListAppender;
import dev.colloquy.application.outbox.KeptAside;
import dev.colloquy.application.outbox.OutboxConversationStore;
import dev.colloquy.application.outbox.OutboxEntry;
import dev.colloquy.application.outbox.OutboxSettings;
import dev.colloquy.domain.conversation.Append;
import dev.colloquy.domain.conversation.ConversationId;
import dev.colloquy.domain.conversation.Message;
import dev.colloquy.domain.conversation.MessageId;
import dev.colloquy.domain.conversation.Receipt;
import dev.colloquy.domain.conversation.Role;
import dev.colloquy.domain.error.InvalidSettings;
import dev.colloquy.domain.error.StoreUnavailable;
import dev.colloquy.domain.port.out.StoreHealth;
import dev.colloquy.domain.retention.Retention;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import java.util.function.BooleanSupplier;
import java.util.stream.LongStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.slf4j.LoggerFactory;

@Timeout(60)
@DisplayName("When the disk behind the journal fails")
class FailingJournalTest {

    private static final ConversationId ALEX = ConversationId.of("onboarding", "alex");
    private static final ConversationId BO = ConversationId.of("onboarding", "bo");
    private static final Duration GRACE = Duration.ofSeconds(30);

    private final HeldConversations held = new HeldConversations(false);

    @TempDir
    Path directory;

    @BeforeEach
    void register() {
        FailingDisk.register();
    }

    @AfterEach
    void mend() {
        FailingDisk.isFull = false;
        FailingDisk.failsToForce = false;
        FailingDisk.hasNoRoomForAnother = false;
        FailingDisk.failsToMove = false;
    }

    private MvStoreOutboxJournal open() {
        return openPausing(Duration.ZERO);
    }

    private MvStoreOutboxJournal openPausing(Duration pause) {
        return MvStoreOutboxJournal.open(directory, FailingDisk.SCHEME, pause, 0);
    }

    private OutboxConversationStore openStore() {
        return OutboxConversationStore.over(
                held,
                open(),
                OutboxSettings.DEFAULT.probingEvery(Duration.ofMillis(2)),
                InstantSource.fixed(Instant.EPOCH));
    }

    private static Append message(String id) {
        return Append.of(Retention.DEFAULT, new Message(new MessageId(id), Role.USER, "content", Instant.EPOCH));
    }

    private static OutboxEntry entry(long number) {
        return new OutboxEntry.Appended(number, ALEX, Instant.EPOCH, message("m" + number));
    }

    private static void await(BooleanSupplier condition) {
        while (!condition.getAsBoolean()) {
            assertThat(Thread.currentThread().isInterrupted())
                    .as("whether the test's time is over")
                    .isFalse();
            Thread.onSpinWait();
        }
    }

    @Test
    @DisplayName("by loss of power, its header never names what is not on it")
    void lossOfPower() {
        try (MvStoreOutboxJournal journal = open()) {
            List.of(1L, 2L, 3L).forEach(number -> journal.append(entry(number)));
        }
        try (MvStoreOutboxJournal journal = open()) {
            journal.remove(List.of(1L, 2L, 3L));
        }
        assertThat(FailingDisk.beganTooEarly).isFalse();
    }

    @Test
    @DisplayName("as it is full, changes are refused, and possible again as soon as there is room")
    void roomAgain() {
        KeptAside kept = new KeptAside(entry(2), "a conflict", Instant.EPOCH);
        try (MvStoreOutboxJournal journal = open()) {
            List.of(1L, 2L, 3L).forEach(number -> journal.append(entry(number)));
            FailingDisk.isFull = true;
            for (int i = 0; i < 3; i++) {
                assertThatThrownBy(() -> journal.append(entry(4)))
                        .isInstanceOf(StoreUnavailable.class)
                        .hasMessageContaining("COLLOQUY_OUTBOX_DIR");
                assertThatThrownBy(() -> journal.remove(List.of(1L))).isInstanceOf(StoreUnavailable.class);
                assertThatThrownBy(() -> journal.setAside(kept)).isInstanceOf(StoreUnavailable.class);
            }
            FailingDisk.isFull = false;
            journal.remove(List.of(1L));
            journal.setAside(kept);
            journal.append(entry(5));
        }
        try (MvStoreOutboxJournal journal = open()) {
            assertThat(journal.entries()).containsExactly(entry(3), entry(5));
            assertThat(journal.keptAside()).containsExactly(kept);
        }
    }

    @Test
    @DisplayName("as it hangs, nobody waits for long, and what was refused is not in the journal when it goes on")
    void hangs() {
        CountDownLatch goesOn = new CountDownLatch(1);
        try (MvStoreOutboxJournal journal = openHanging(goesOn)) {
            // Would take longer than the test may, if each waited.
            for (int i = 0; i < 2_000; i++) {
                assertThatThrownBy(() -> journal.append(entry(2))).isInstanceOf(StoreUnavailable.class);
            }
            goesOn.countDown();
            await(() -> accepts(journal, entry(3)));
        }
        try (MvStoreOutboxJournal again = open()) {
            assertThat(again.entries()).extracting(OutboxEntry::number).containsExactly(3L);
        }
    }

    @Test
    @DisplayName("as it hangs, a close does not wait for it; the directory is in use until it goes on")
    void hangsAtTheEnd() {
        CountDownLatch goesOn = new CountDownLatch(1);
        openHanging(goesOn).close();
        assertThatThrownBy(this::open).isInstanceOf(InvalidSettings.class);
        goesOn.countDown();
        await(() -> isFree(directory));
    }

    /** A journal in which nobody waits for long, on a disk that hangs, which somebody has found out. */
    private MvStoreOutboxJournal openHanging(CountDownLatch goesOn) {
        MvStoreOutboxJournal journal =
                MvStoreOutboxJournal.open(directory, FailingDisk.SCHEME, Duration.ZERO, 0, Duration.ofMillis(50));
        FailingDisk.hangsUntil = goesOn;
        assertThatThrownBy(() -> journal.append(entry(1))).isInstanceOf(StoreUnavailable.class);
        return journal;
    }

    private static boolean accepts(MvStoreOutboxJournal journal, OutboxEntry entry) {
        try {
            journal.append(entry);
            return true;
        } catch (StoreUnavailable notYet) {
            return false;
        }
    }

    private static boolean isFree(Path directory) {
        try {
            MvStoreOutboxJournal.open(directory).close();
            return true;
        } catch (InvalidSettings notYet) {
            return false;
        }
    }

    @Test
    @DisplayName("what was refused is not in the journal, whatever of it had been written")
    void refusedIsGone() {
        try (MvStoreOutboxJournal journal = open()) {
            journal.append(entry(1));
            FailingDisk.isFull = true;
            assertThatThrownBy(() -> journal.append(entry(2))).isInstanceOf(StoreUnavailable.class);
            FailingDisk.isFull = false;
        }
        try (MvStoreOutboxJournal journal = open()) {
            assertThat(journal.entries()).containsExactly(entry(1));
        }
    }

    @Test
    @DisplayName("what could not be kept aside and was replayed instead is not kept aside, whatever had been written")
    void replayedInstead() {
        try (MvStoreOutboxJournal journal = open()) {
            journal.append(entry(1));
            FailingDisk.failsToForce = true;
            assertThatThrownBy(() -> journal.setAside(new KeptAside(entry(1), "too large", Instant.EPOCH)))
                    .isInstanceOf(StoreUnavailable.class);
            FailingDisk.failsToForce = false;
            journal.remove(List.of(1L));
        }
        try (MvStoreOutboxJournal journal = open()) {
            assertThat(journal.entries()).isEmpty();
            assertThat(journal.keptAside()).isEmpty();
        }
    }

    @Test
    @DisplayName("a journal whose file somebody has removed does not begin anew: what it held would be gone")
    void removed() throws IOException {
        try (MvStoreOutboxJournal journal = open()) {
            journal.append(entry(1));
            Files.delete(directory.resolve(JournalFile.NAME));
            FailingDisk.isFull = true;
            assertThatThrownBy(() -> journal.append(entry(2))).isInstanceOf(StoreUnavailable.class);
            FailingDisk.isFull = false;
            assertThatThrownBy(() -> journal.append(entry(2))).isInstanceOf(StoreUnavailable.class);
        }
    }

    @ParameterizedTest
    @ValueSource(booleans = {true, false})
    @DisplayName("what could not be made smaller goes on as it is, and refuses nothing")
    void notMadeSmaller(boolean isFull) {
        List<Long> numbers = LongStream.rangeClosed(1, 20).boxed().toList();
        try (MvStoreOutboxJournal journal = openPausing(Duration.ofHours(1))) {
            FailingDisk.hasNoRoomForAnother = isFull;
            FailingDisk.failsToMove = !isFull;
            numbers.forEach(number -> journal.append(entry(number)));
            assertThat(directory.resolve(JournalFile.NEXT)).doesNotExist();
        }
        try (MvStoreOutboxJournal journal = open()) {
            assertThat(journal.entries()).extracting(OutboxEntry::number).isEqualTo(numbers);
        }
    }

    @Test
    @DisplayName("what could not be made smaller is put up with, also when the file is opened anew after a failure")
    void putUpWith() {
        ListAppender<ILoggingEvent> lines = new ListAppender<>();
        lines.start();
        Logger logger = (Logger) LoggerFactory.getLogger(MvStoreOutboxJournal.class);
        try (MvStoreOutboxJournal journal = open()) {
            FailingDisk.hasNoRoomForAnother = true;
            List.of(1L, 2L, 3L).forEach(number -> journal.append(entry(number)));
            logger.addAppender(lines);
            for (int i = 0; i < 10; i++) {
                FailingDisk.isFull = true;
                assertThatThrownBy(() -> journal.append(entry(4))).isInstanceOf(StoreUnavailable.class);
                FailingDisk.isFull = false;
                journal.rewrite(entry(3));
            }
        } finally {
            logger.detachAppender(lines);
        }
        assertThat(lines.list).hasSizeLessThan(3);
    }

    @Test
    @DisplayName(
            "as there is room for half of its beginning, it is refused at the start, and begins when there is more")
    void firstStart() {
        FailingDisk.isFull = true;
        assertThatThrownBy(this::open)
                .isInstanceOf(InvalidSettings.class)
                .hasMessageContaining("COLLOQUY_OUTBOX_DIR")
                .hasMessageContaining("room")
                .hasMessageNotContaining("move it away");
        FailingDisk.isFull = false;
        try (MvStoreOutboxJournal journal = open()) {
            assertThat(journal.entries()).isEmpty();
            journal.append(entry(1));
        }
    }

    @Test
    @DisplayName(
            "what could not be made smaller is made smaller when it holds less, although it does not grow any more")
    void madeSmallerLater() throws IOException {
        Path file = directory.resolve(JournalFile.NAME);
        List<Long> numbers = LongStream.rangeClosed(1, 100).boxed().toList();
        try (MvStoreOutboxJournal journal = open()) {
            FailingDisk.hasNoRoomForAnother = true;
            numbers.forEach(number -> journal.append(entry(number)));
            FailingDisk.hasNoRoomForAnother = false;
            long sizeBefore = Files.size(file);
            numbers.forEach(number -> journal.remove(List.of(number)));

            assertThat(Files.size(file)).isLessThan(sizeBefore / 4);
        }
    }

    @Test
    @DisplayName("when Redis is back: what a clear among the accepted removes is never newer, also after a restart")
    void clearAndRestart() {
        try (OutboxConversationStore store = openStore()) {
            store.append(ALEX, message("m1"));
            store.clear(ALEX);
            store.append(ALEX, message("m2"));
            store.append(BO, message("b1"));
            FailingDisk.isFull = true;
            assertThatThrownBy(() -> store.append(BO, message("b2"))).isInstanceOf(StoreUnavailable.class);
            held.isUp = true;
            await(() -> held.ids(BO).contains("b1") && held.ids(ALEX).contains("m1"));

            assertThat(store.checkHealth().status()).isEqualTo(StoreHealth.Status.DEGRADED);
            assertThatThrownBy(() -> store.append(ALEX, message("m3"))).isInstanceOf(StoreUnavailable.class);
            store.close(Duration.ZERO);
        }
        FailingDisk.isFull = false;
        try (OutboxConversationStore store = openStore()) {
            await(() -> store.statistics().degradedSince().isEmpty());
            assertThat(store.append(ALEX, message("m3"))).isInstanceOf(Receipt.Stored.class);
        }
        try (OutboxConversationStore store = openStore()) {
            store.close(GRACE);
        }
        assertThat(held.ids(ALEX)).containsExactly("m2", "m3");
        assertThat(held.ids(BO)).containsExactly("b1");
    }

    @Test
    @DisplayName("when Redis is back: it goes on without a restart as soon as there is room, and leaves nothing behind")
    void withoutRestart() {
        try (OutboxConversationStore store = openStore()) {
            store.clear(ALEX);
            store.append(ALEX, message("m1"));
            FailingDisk.isFull = true;
            assertThatThrownBy(() -> store.append(BO, message("b1"))).isInstanceOf(StoreUnavailable.class);
            held.isUp = true;
            await(() -> store.checkHealth().detail().contains("outbox journal"));
            FailingDisk.isFull = false;
            await(() -> store.statistics().degradedSince().isEmpty());
            assertThat(store.append(ALEX, message("m2"))).isInstanceOf(Receipt.Stored.class);
        }
        try (OutboxConversationStore store = openStore()) {
            assertThat(store.statistics().degradedSince()).isEmpty();
        }
        assertThat(held.ids(ALEX)).containsExactly("m1", "m2");
    }
}
