package dev.colloquy.bootstrap.journal;

import static org.assertj.core.api.Assertions.assertThat;

import dev.colloquy.application.outbox.OutboxEntry;
import dev.colloquy.bootstrap.journal.RecordedDisk.Cut;
import dev.colloquy.bootstrap.journal.RecordedDisk.Moved;
import dev.colloquy.bootstrap.journal.RecordedDisk.Written;
import dev.colloquy.domain.conversation.Append;
import dev.colloquy.domain.conversation.ConversationId;
import dev.colloquy.domain.conversation.Message;
import dev.colloquy.domain.conversation.MessageId;
import dev.colloquy.domain.conversation.Role;
import dev.colloquy.domain.retention.Retention;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.NavigableMap;
import java.util.Random;
import java.util.TreeMap;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

@Timeout(120)
@DisplayName("When power fails while the journal is written")
class LossOfPowerTest {

    private static final int STEPS = 300;
    private static final int BLOCK = 4096;
    private static final int ONE_IN = 6;
    private static final int NEVER_TOO_LARGE = 64 << 10;

    @TempDir
    Path directory;

    /** The numbers of the entries that the journal holds, from that many changes to the file on. */
    private final NavigableMap<Integer, List<Long>> states = new TreeMap<>();

    @BeforeEach
    void register() {
        RecordedDisk.register();
    }

    @ParameterizedTest
    @ValueSource(longs = {1, 2, 3, 4, 5})
    @DisplayName("all that was acknowledged is there, whichever of the blocks reached the disk")
    void keepsWhatWasAcknowledged(long seed) throws IOException {
        Random random = new Random(seed);
        write(random);
        Path copy = Files.createDirectory(directory.resolve("copy"));
        List<RecordedDisk.Change> changes = List.copyOf(RecordedDisk.changes);
        Map<String, byte[]> disk = new HashMap<>();
        for (int i = 0; i < changes.size(); i++) {
            RecordedDisk.Change change = changes.get(i);
            // Before the first commit there is nothing that could be lost.
            boolean isTorn =
                    change instanceof Written written && written.bytes().remaining() > BLOCK;
            if (isTorn && i > 2 && random.nextInt(ONE_IN) == 0) {
                write(torn(disk, (Written) change, random), copy);
                assertThat(numbers(copy))
                        .as("what is there after change %d", i)
                        .isIn(
                                states.floorEntry(i).getValue(),
                                states.higherEntry(i).getValue());
            }
            apply(change, disk);
        }
    }

    private static void write(Map<String, byte[]> disk, Path directory) throws IOException {
        Files.deleteIfExists(directory.resolve(JournalFile.NEXT));
        for (Map.Entry<String, byte[]> file : disk.entrySet()) {
            Files.write(directory.resolve(file.getKey()), file.getValue());
        }
    }

    private static MvStoreOutboxJournal open(Path directory) {
        return MvStoreOutboxJournal.open(directory, RecordedDisk.SCHEME, Duration.ZERO, NEVER_TOO_LARGE);
    }

    /** An outage after the other, with restarts in between. */
    private void write(Random random) {
        List<Long> waiting = new ArrayList<>();
        MvStoreOutboxJournal journal = open(directory);
        states.put(0, List.of());
        int toDrain = 0;
        for (int step = 0; step < STEPS; step++) {
            if (random.nextInt(100) == 0) {
                journal.close();
                states.put(RecordedDisk.changes.size(), List.copyOf(waiting));
                journal = open(directory);
            }
            toDrain = random.nextInt(50) == 0 ? 20 : toDrain - 1;
            if (toDrain > 0 && !waiting.isEmpty()) {
                List<Long> replayed = waiting.subList(0, Math.min(waiting.size(), 1 + random.nextInt(40)));
                journal.remove(replayed);
                replayed.clear();
            } else {
                long number = step + 1L;
                int length = random.nextInt(10) == 0 ? random.nextInt(30_000) : random.nextInt(1200);
                journal.append(entry(number, length));
                waiting.add(number);
            }
            states.put(RecordedDisk.changes.size(), List.copyOf(waiting));
        }
        journal.close();
        states.put(RecordedDisk.changes.size(), List.copyOf(waiting));
        states.put(Integer.MAX_VALUE, List.copyOf(waiting));
    }

    private static OutboxEntry entry(long number, int length) {
        Message message = new Message(new MessageId("m" + number), Role.USER, "x".repeat(length), Instant.EPOCH);
        return new OutboxEntry.Appended(
                number, ConversationId.of("onboarding", "alex"), Instant.EPOCH, Append.of(Retention.DEFAULT, message));
    }

    private static List<Long> numbers(Path directory) {
        try (MvStoreOutboxJournal journal = open(directory)) {
            return journal.entries().stream().map(OutboxEntry::number).toList();
        }
    }

    /** The disk with some of the change's blocks: the first ones, the last ones, or any. */
    private static Map<String, byte[]> torn(Map<String, byte[]> disk, Written change, Random random) {
        int length = change.bytes().remaining();
        int blocks = (length + BLOCK - 1) / BLOCK;
        int cut = 1 + random.nextInt(blocks - 1);
        int kind = random.nextInt(4);
        Map<String, byte[]> torn = new HashMap<>(disk);
        for (int block = 0; block < blocks; block++) {
            boolean isWritten = switch (kind) {
                case 0 -> block < cut;
                case 1 -> block >= cut;
                case 2 -> random.nextBoolean();
                default -> block != cut;
            };
            if (isWritten) {
                int from = block * BLOCK;
                ByteBuffer bytes = change.bytes().slice(from, Math.min(BLOCK, length - from));
                apply(new Written(change.file(), change.position() + from, bytes), torn);
            }
        }
        return torn;
    }

    private static void apply(RecordedDisk.Change change, Map<String, byte[]> disk) {
        byte[] file = disk.getOrDefault(change.file(), new byte[0]);
        switch (change) {
            case Written written -> {
                int position = Math.toIntExact(written.position());
                int length = written.bytes().remaining();
                byte[] after = Arrays.copyOf(file, Math.max(file.length, position + length));
                written.bytes().get(0, after, position, length);
                disk.put(change.file(), after);
            }
            case Cut cut ->
                disk.put(change.file(), Arrays.copyOf(file, Math.min(file.length, Math.toIntExact(cut.size()))));
            case Moved moved -> {
                disk.remove(change.file());
                disk.put(moved.to(), file);
            }
        }
    }
}
