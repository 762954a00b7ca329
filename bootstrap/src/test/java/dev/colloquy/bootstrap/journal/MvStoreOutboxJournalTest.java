package dev.colloquy.bootstrap.journal;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.colloquy.application.outbox.KeptAside;
import dev.colloquy.application.outbox.OutboxEntry;
import dev.colloquy.domain.conversation.Append;
import dev.colloquy.domain.conversation.ConversationId;
import dev.colloquy.domain.conversation.Message;
import dev.colloquy.domain.conversation.MessageId;
import dev.colloquy.domain.conversation.Role;
import dev.colloquy.domain.error.InvalidSettings;
import dev.colloquy.domain.error.StoreUnavailable;
import dev.colloquy.domain.retention.Retention;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermission;
import java.time.Duration;
import java.time.Instant;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.stream.LongStream;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

@DisplayName("The journal on disk")
class MvStoreOutboxJournalTest {

    private static final Instant NOW = Instant.parse("2026-01-01T00:00:00.123456789Z");
    private static final ConversationId ALEX = ConversationId.of("onboarding", "auth0|7 ü 🙂");

    @TempDir
    Path directory;

    private static OutboxEntry appended(long number, String content) {
        Message message = new Message(
                new MessageId("m" + number), Role.TOOL, content, NOW, Map.of("ключ", "значение\u0000", "empty", ""));
        Message second = new Message(new MessageId("n" + number), new Role("critic"), "", Instant.MIN, Map.of());
        Retention retention = Retention.sinceLastAccess(Duration.ofMillis(1234)).keepingAtMost(7);
        return new OutboxEntry.Appended(number, ALEX, NOW, Append.of(retention, message, second));
    }

    private static OutboxEntry cleared(long number) {
        return new OutboxEntry.Cleared(number, ALEX, NOW);
    }

    @Test
    @DisplayName("gives back what was appended, exactly and in order")
    void roundTrip() {
        List<OutboxEntry> entries =
                List.of(appended(1, "emoji 👩‍👩‍👧, עברית, NUL \u0000"), cleared(2), appended(3, "x".repeat(1 << 20)));
        try (MvStoreOutboxJournal journal = MvStoreOutboxJournal.open(directory)) {
            entries.reversed().forEach(journal::append);
        }
        try (MvStoreOutboxJournal journal = MvStoreOutboxJournal.open(directory)) {
            assertThat(journal.entries()).isEqualTo(entries);
            assertThat(journal.isDurable()).isTrue();
        }
    }

    @Test
    @DisplayName("forgets what was removed and moves what was set aside")
    void removeAndSetAside() {
        KeptAside kept = new KeptAside(appended(2, "b"), "a conflict", NOW.plusSeconds(1));
        try (MvStoreOutboxJournal journal = MvStoreOutboxJournal.open(directory)) {
            LongStream.rangeClosed(1, 4).forEach(number -> journal.append(appended(number, "b")));
            journal.setAside(kept);
            journal.remove(List.of(1L, 2L, 3L, 99L));
        }
        try (MvStoreOutboxJournal journal = MvStoreOutboxJournal.open(directory)) {
            assertThat(journal.entries()).containsExactly(appended(4, "b"));
            assertThat(journal.keptAside()).containsExactly(kept);
        }
    }

    @Test
    @DisplayName("has each entry on disk before the append returns, also with many callers")
    void isOnDiskAtOnce(@TempDir Path copy) throws IOException {
        try (MvStoreOutboxJournal journal = MvStoreOutboxJournal.open(directory)) {
            try (ExecutorService callers = Executors.newFixedThreadPool(16)) {
                LongStream.rangeClosed(1, 200)
                        .forEach(number -> callers.execute(() -> journal.append(cleared(number))));
            }
            // What a process killed here would leave behind.
            Files.copy(directory.resolve(JournalFile.NAME), copy.resolve(JournalFile.NAME));
        }
        try (MvStoreOutboxJournal journal = MvStoreOutboxJournal.open(copy)) {
            assertThat(journal.entries()).hasSize(200);
        }
    }

    @Test
    @DisplayName("is readable by its owner only")
    void permissions() throws IOException {
        Path inner = directory.resolve("inner");
        MvStoreOutboxJournal.open(inner).close();
        assertThat(Files.getPosixFilePermissions(inner.resolve(JournalFile.NAME)))
                .containsExactlyInAnyOrder(PosixFilePermission.OWNER_READ, PosixFilePermission.OWNER_WRITE);
    }

    private static void removeWithFiles(Path directory) throws IOException {
        Files.delete(directory.resolve(JournalFile.NAME));
        Files.delete(directory.resolve(JournalLock.NAME));
        Files.delete(directory);
    }

    @Test
    @DisplayName("is made anew with all that was in it when somebody has removed its directory")
    void removed(@TempDir Path copy) throws IOException {
        Path inner = directory.resolve("inner");
        KeptAside kept = new KeptAside(appended(2, "b"), "a conflict", NOW.plusSeconds(1));
        try (MvStoreOutboxJournal journal = MvStoreOutboxJournal.open(inner)) {
            LongStream.rangeClosed(1, 2).forEach(number -> journal.append(appended(number, "b")));
            journal.setAside(kept);
            removeWithFiles(inner);
            journal.append(appended(3, "b"));
            journal.append(appended(4, "b"));
            // What a process killed here would leave behind.
            Files.copy(inner.resolve(JournalFile.NAME), copy.resolve(JournalFile.NAME));
        }
        try (MvStoreOutboxJournal journal = MvStoreOutboxJournal.open(copy)) {
            assertThat(journal.entries()).containsExactly(appended(1, "b"), appended(3, "b"), appended(4, "b"));
            assertThat(journal.keptAside()).containsExactly(kept);
        }
    }

    @Test
    @DisplayName("does not begin empty where it could not be made anew")
    void notMadeAnew() throws IOException {
        Path inner = directory.resolve("inner");
        try (MvStoreOutboxJournal journal = MvStoreOutboxJournal.open(inner, "", Duration.ZERO, 0)) {
            journal.append(appended(1, "b"));
            removeWithFiles(inner);
            Files.createSymbolicLink(inner, directory.resolve("nowhere"));
            assertThatThrownBy(() -> journal.append(appended(2, "b"))).isInstanceOf(StoreUnavailable.class);
            Files.delete(inner);
            Files.createDirectory(inner);
            Files.createFile(inner.resolve(JournalFile.NAME));
            assertThatThrownBy(() -> journal.append(appended(2, "b"))).isInstanceOf(StoreUnavailable.class);
        }
    }

    @Test
    @DisplayName("is where the JDK says, also in a directory whose name begins with a tilde")
    void absolute() {
        Path relative = Path.of("").toAbsolutePath().relativize(directory);

        assertThat(JournalFile.prepare(relative)).isAbsolute().exists();
    }

    @Test
    @DisplayName("gives space back once most of what it held is gone, and keeps the rest")
    void givesSpaceBack() throws IOException {
        String large = "x".repeat(1 << 20);
        KeptAside kept = new KeptAside(appended(32, "b"), "a conflict", NOW.plusSeconds(1));
        try (MvStoreOutboxJournal journal = MvStoreOutboxJournal.open(directory)) {
            LongStream.rangeClosed(1, 32).forEach(number -> journal.append(appended(number, large)));
            journal.setAside(kept);
            journal.remove(LongStream.rangeClosed(1, 30).boxed().toList());
            journal.append(appended(33, "b"));

            assertThat(Files.size(directory.resolve(JournalFile.NAME))).isLessThan(8L << 20);
        }
        try (MvStoreOutboxJournal journal = MvStoreOutboxJournal.open(directory)) {
            assertThat(journal.entries()).containsExactly(appended(31, large), appended(33, "b"));
            assertThat(journal.keptAside()).containsExactly(kept);
        }
    }

    @Test
    @DisplayName("gives all space back each time it is empty")
    void empty() throws IOException {
        int neverTooLarge = 64 << 10;
        try (MvStoreOutboxJournal journal = MvStoreOutboxJournal.open(directory, "", Duration.ZERO, neverTooLarge)) {
            for (int outage = 0; outage < 3; outage++) {
                LongStream.rangeClosed(1, 40).forEach(number -> journal.append(appended(number, "x".repeat(8000))));
                journal.remove(LongStream.rangeClosed(1, 40).boxed().toList());

                assertThat(Files.size(directory.resolve(JournalFile.NAME))).isLessThan(neverTooLarge);
            }
        }
    }

    @Test
    @DisplayName("takes no notice of a file that was to take its place and was not finished")
    void unfinished() throws IOException {
        try (MvStoreOutboxJournal journal = MvStoreOutboxJournal.open(directory)) {
            journal.append(appended(1, "b"));
        }
        Files.writeString(directory.resolve(JournalFile.NEXT), "not a journal");
        try (MvStoreOutboxJournal journal = MvStoreOutboxJournal.open(directory)) {
            assertThat(journal.entries()).containsExactly(appended(1, "b"));
        }
        assertThat(directory).isDirectoryNotContaining("glob:**" + JournalFile.NEXT);
    }

    @Test
    @DisplayName("is opened or refused to an interrupted thread as to any other, and the thread stays interrupted")
    void interrupted() {
        Thread.currentThread().interrupt();
        try (MvStoreOutboxJournal journal = MvStoreOutboxJournal.open(directory)) {
            assertThat(journal.entries()).isEmpty();
            assertThatThrownBy(() -> MvStoreOutboxJournal.open(directory))
                    .hasMessageContaining("no other process uses");
        } finally {
            assertThat(Thread.interrupted()).isTrue();
        }
    }

    @Nested
    @DisplayName("refuses")
    class Refuses {

        @Test
        @DisplayName("a directory in use, naming the setting")
        void inUse() {
            try (MvStoreOutboxJournal journal = MvStoreOutboxJournal.open(directory)) {
                assertThatThrownBy(() -> MvStoreOutboxJournal.open(directory))
                        .isInstanceOf(InvalidSettings.class)
                        .hasMessageContaining("COLLOQUY_OUTBOX_DIR was \"" + directory)
                        .hasMessageContaining("no other process uses");
                journal.append(cleared(1));
            }
        }

        @Test
        @DisplayName("a directory that is a file")
        void notADirectory() throws IOException {
            Path file = Files.createFile(directory.resolve("file"));
            assertThatThrownBy(() -> MvStoreOutboxJournal.open(file))
                    .isInstanceOf(InvalidSettings.class)
                    .hasMessageContaining("create and write in");
        }

        @Test
        @DisplayName("a file that is something else")
        void garbage() throws IOException {
            Files.write(
                    directory.resolve(JournalFile.NAME),
                    "not a journal ".repeat(2000).getBytes(StandardCharsets.UTF_8));
            assertThatThrownBy(() -> MvStoreOutboxJournal.open(directory))
                    .isInstanceOf(InvalidSettings.class)
                    .hasMessageContaining("can be read")
                    .hasMessageContaining("move it away");
        }

        @Test
        @DisplayName("a file with a changed byte, without quoting content")
        void damaged() throws IOException {
            try (MvStoreOutboxJournal journal = MvStoreOutboxJournal.open(directory)) {
                journal.append(appended(1, "SECRET" + "x".repeat(200)));
            }
            Path file = directory.resolve(JournalFile.NAME);
            byte[] bytes = Files.readAllBytes(file);
            byte[] wanted = "SECRET".getBytes(StandardCharsets.UTF_8);
            for (int i = 0; i < bytes.length - wanted.length; i++) {
                if (Arrays.equals(bytes, i, i + wanted.length, wanted, 0, wanted.length)) {
                    bytes[i]++;
                }
            }
            Files.write(file, bytes);
            assertThatThrownBy(() -> MvStoreOutboxJournal.open(directory))
                    .isInstanceOf(InvalidSettings.class)
                    .hasMessageContaining("wrong checksum")
                    .hasMessageNotContaining("ECRET");
        }

        @Test
        @DisplayName("an append after it was closed")
        void closed() {
            MvStoreOutboxJournal journal = MvStoreOutboxJournal.open(directory);
            journal.close();
            journal.close();
            assertThatThrownBy(() -> journal.append(cleared(1))).isInstanceOf(StoreUnavailable.class);
        }
    }
}
