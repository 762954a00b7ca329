package dev.colloquy.bootstrap.journal;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.colloquy.application.outbox.OutboxEntry;
import dev.colloquy.domain.conversation.ConversationId;
import dev.colloquy.domain.error.InvalidSettings;
import dev.colloquy.domain.error.StoreUnavailable;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

@Timeout(60)
@DisplayName("A journal that is open is not opened by another process")
class JournalLockTest {

    private static final OutboxEntry ENTRY =
            new OutboxEntry.Cleared(1, ConversationId.of("onboarding", "alex"), Instant.EPOCH);

    @TempDir
    Path directory;

    /** Another process: opens the journal, and says whether it could. */
    static final class Opening {

        private Opening() {}

        public static void main(String[] arguments) {
            try (MvStoreOutboxJournal journal = MvStoreOutboxJournal.open(Path.of(arguments[0]))) {
                System.out.print("opened " + journal.entries().size());
            } catch (InvalidSettings refused) {
                System.out.print("refused");
            }
        }
    }

    private String another() throws IOException, InterruptedException {
        Process process = OtherProcess.of(Opening.class, directory.toString())
                .redirectError(ProcessBuilder.Redirect.DISCARD)
                .start();
        String said = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
        process.waitFor();
        return said.lines().reduce("", (before, line) -> line);
    }

    private void assertRefusedHere() {
        assertThatThrownBy(() -> MvStoreOutboxJournal.open(directory)).isInstanceOf(InvalidSettings.class);
    }

    @BeforeEach
    @AfterEach
    void repairDisk() {
        FailingDisk.register();
    }

    @Test
    @DisplayName("also when this one has tried to open it twice; and when it is closed, it is")
    void twiceHere() throws IOException, InterruptedException {
        try (MvStoreOutboxJournal journal = MvStoreOutboxJournal.open(directory)) {
            journal.append(ENTRY);
            assertRefusedHere();
            assertThat(another()).isEqualTo("refused");
        }
        assertThat(another()).isEqualTo("opened 1");
    }

    @Test
    @DisplayName("also while the disk fails, and its file is closed until there is room")
    void diskFails() throws IOException, InterruptedException {
        try (MvStoreOutboxJournal journal =
                MvStoreOutboxJournal.open(directory, FailingDisk.SCHEME, Duration.ofHours(1), 0)) {
            FailingDisk.isFull = true;
            assertThatThrownBy(() -> journal.append(ENTRY)).isInstanceOf(StoreUnavailable.class);
            assertThat(another()).isEqualTo("refused");
            FailingDisk.isFull = false;
        }
        assertThat(another()).isEqualTo("opened 0");
    }

    @Test
    @DisplayName("but may be, if it could not be opened here")
    void couldNotBeOpened() throws IOException, InterruptedException {
        Path file = directory.resolve(JournalFile.NAME);
        Files.writeString(file, "not a journal ".repeat(2000));
        assertRefusedHere();
        Files.delete(file);
        assertThat(another()).isEqualTo("opened 0");
        MvStoreOutboxJournal.open(directory).close();
    }
}
