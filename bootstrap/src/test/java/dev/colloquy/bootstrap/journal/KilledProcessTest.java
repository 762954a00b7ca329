package dev.colloquy.bootstrap.journal;

import static org.assertj.core.api.Assertions.assertThat;

import dev.colloquy.application.outbox.OutboxConversationStore;
import dev.colloquy.application.outbox.OutboxSettings;
import java.io.BufferedReader;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.stream.IntStream;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

@DisplayName("A process killed during an outage")
class KilledProcessTest {

    private static final int USERS = 4;
    private static final int SAVES = 1000;

    @Test
    @Timeout(120)
    @DisplayName("has lost nothing that it acknowledged: after the next start it is stored, once and in order")
    void losesNothing(@TempDir Path directory) throws IOException, InterruptedException {
        List<String> acknowledged = saveAndKill(directory);
        assertThat(acknowledged).hasSizeGreaterThanOrEqualTo(SAVES);

        HeldConversations held = new HeldConversations(true);
        try (OutboxConversationStore store = OutboxConversationStore.over(
                held,
                MvStoreOutboxJournal.open(directory),
                OutboxSettings.DEFAULT.probingEvery(Duration.ofMillis(5)),
                InstantSource.system())) {
            store.close(Duration.ofSeconds(30));
        }
        for (int user = 0; user < USERS; user++) {
            List<String> stored = held.ids(SavingProcess.conversation(user));
            String prefix = user + "-";
            // The last ones may have been accepted without the acknowledgement having come through.
            assertThat(stored)
                    .isEqualTo(IntStream.range(0, stored.size())
                            .mapToObj(i -> prefix + i)
                            .toList())
                    .containsAll(acknowledged.stream()
                            .filter(id -> id.startsWith(prefix))
                            .toList());
        }
        try (MvStoreOutboxJournal journal = MvStoreOutboxJournal.open(directory)) {
            assertThat(journal.entries()).isEmpty();
        }
    }

    private static List<String> saveAndKill(Path directory) throws IOException, InterruptedException {
        Process process = OtherProcess.of(SavingProcess.class, directory.toString(), Integer.toString(USERS))
                .redirectError(ProcessBuilder.Redirect.INHERIT)
                .start();
        List<String> acknowledged = new ArrayList<>();
        try (BufferedReader lines = process.inputReader()) {
            String line = lines.readLine();
            while (line != null) {
                if (line.matches("\\d+-\\d+")) {
                    acknowledged.add(line);
                }
                if (acknowledged.size() == SAVES) {
                    // Not the process's own method: that closes the stream, and with it what was acknowledged last.
                    process.toHandle().destroyForcibly();
                }
                line = lines.readLine();
            }
        } finally {
            process.destroyForcibly();
        }
        assertThat(process.waitFor(30, TimeUnit.SECONDS)).isTrue();
        return acknowledged;
    }
}
