package dev.colloquy.bootstrap.journal;

import dev.colloquy.application.outbox.KeptAside;
import dev.colloquy.application.outbox.OutboxEntry;
import dev.colloquy.application.outbox.OutboxJournal;
import dev.colloquy.domain.error.InvalidSettings;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.concurrent.atomic.AtomicBoolean;
import org.h2.mvstore.MVMap;
import org.h2.mvstore.MVStore;
import org.h2.mvstore.MVStoreException;
import org.h2.mvstore.type.ByteArrayDataType;
import org.h2.mvstore.type.LongDataType;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The outbox's journal in one file. What {@link #append} returned from is forced to the disk, so it outlives the process
 * and the loss of power. One process per directory. The file holds message content and is readable by its owner only.
 */
public final class MvStoreOutboxJournal implements OutboxJournal {

    /** The setting that names the directory. */
    static final String SETTING = "COLLOQUY_OUTBOX_DIR";

    private static final long WORTH_COMPACTING = 8L << 20;
    private static final int COMPACTING_MILLIS = 200;

    private static final Logger LOG = LoggerFactory.getLogger(MvStoreOutboxJournal.class);

    private final MVStore store;
    private final MVMap<Long, byte[]> entries;
    private final MVMap<Long, byte[]> kept;
    private final GroupCommit commits;
    private final AtomicBoolean closed = new AtomicBoolean();

    private MvStoreOutboxJournal(MVStore store) throws IOException {
        this.store = store;
        this.entries = open(store, "entries");
        this.kept = open(store, "kept-aside");
        // A damaged journal must show now, not when somebody asks.
        decode(entries, EntryCodec::decodeEntry);
        decode(kept, EntryCodec::decodeKeptAside);
        this.commits = new GroupCommit(store, this::compactWhenEmpty);
    }

    /**
     * Opens the journal in a directory, which is created if it does not exist.
     *
     * @throws InvalidSettings if the directory cannot be used, another process uses it, or the journal in it is damaged;
     *     the message names the setting and says what to do
     */
    public static MvStoreOutboxJournal open(Path directory) {
        Path file = JournalFile.prepare(directory);
        MVStore store = null;
        try {
            store = new MVStore.Builder()
                    .fileName(file.toString())
                    .autoCommitDisabled()
                    .cacheSize(4)
                    .open();
            // Each commit is forced to the disk before the next one begins, so space given up a second ago is free.
            store.setRetentionTime(1000);
            store.setVersionsToKeep(0);
            return new MvStoreOutboxJournal(store);
        } catch (RuntimeException | IOException e) {
            if (store != null) {
                store.closeImmediately();
            }
            throw JournalFile.unusable(directory, e);
        }
    }

    @Override
    public void append(OutboxEntry entry) {
        byte[] bytes = EntryCodec.encode(entry);
        commits.change(() -> entries.put(entry.number(), bytes));
    }

    @Override
    public void remove(Collection<Long> numbers) {
        List<Long> removed = List.copyOf(numbers);
        commits.change(() -> removed.forEach(entries::remove));
    }

    @Override
    public void setAside(KeptAside aside) {
        byte[] bytes = EntryCodec.encode(aside);
        long number = aside.entry().number();
        commits.change(() -> {
            kept.put(number, bytes);
            entries.remove(number);
        });
    }

    @Override
    public List<OutboxEntry> entries() {
        return readable(entries, EntryCodec::decodeEntry);
    }

    @Override
    public List<KeptAside> keptAside() {
        return readable(kept, EntryCodec::decodeKeptAside);
    }

    @Override
    public boolean isDurable() {
        return true;
    }

    @Override
    public void close() {
        if (closed.compareAndSet(false, true)) {
            commits.close();
            try {
                store.close(COMPACTING_MILLIS);
            } catch (MVStoreException e) {
                // What was appended is on disk already; only the tidying up failed.
                LOG.warn("the outbox journal could not be closed in order", e);
            }
        }
    }

    private interface Decoder<T> {
        T decode(long number, byte[] bytes) throws IOException;
    }

    private static <T> List<T> decode(MVMap<Long, byte[]> map, Decoder<T> decoder) throws IOException {
        List<T> decoded = new ArrayList<>(map.size());
        for (Map.Entry<Long, byte[]> entry : map.entrySet()) {
            decoded.add(decoder.decode(entry.getKey(), entry.getValue()));
        }
        return List.copyOf(decoded);
    }

    private static <T> List<T> readable(MVMap<Long, byte[]> map, Decoder<T> decoder) {
        try {
            return decode(map, decoder);
        } catch (IOException impossible) {
            throw new UncheckedIOException("it was readable when the journal was opened", impossible);
        }
    }

    private void compactWhenEmpty() {
        if (entries.isEmpty() && store.getFileStore().size() > WORTH_COMPACTING) {
            store.compactFile(COMPACTING_MILLIS);
        }
    }

    private static MVMap<Long, byte[]> open(MVStore store, String name) {
        return store.openMap(
                name,
                new MVMap.Builder<Long, byte[]>().keyType(LongDataType.INSTANCE).valueType(ByteArrayDataType.INSTANCE));
    }
}
