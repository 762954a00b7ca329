package dev.colloquy.bootstrap.journal;

import dev.colloquy.application.outbox.KeptAside;
import dev.colloquy.application.outbox.OutboxEntry;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.h2.mvstore.MVMap;
import org.h2.mvstore.MVStore;
import org.h2.mvstore.type.ByteArrayDataType;
import org.h2.mvstore.type.LongDataType;

/** What the journal's file holds, while it is open. A failure ends its use; the file can be opened anew then. */
final class JournalTables {

    private static final long WORTH_COMPACTING = 8L << 20;
    private static final int COMPACTING_MILLIS = 200;
    /** Each commit is forced to the disk before the next one begins, so space given up a second ago is free. */
    private static final int RETENTION_MILLIS = 1000;

    private final MVStore store;
    private final MVMap<Long, byte[]> entries;
    private final MVMap<Long, byte[]> kept;

    private JournalTables(MVStore store) {
        this.store = store;
        this.entries = open(store, "entries");
        this.kept = open(store, "kept-aside");
    }

    /**
     * Opens the file and looks whether everything in it can be read: damage must show now, not when somebody asks.
     *
     * @throws IOException if something cannot be read
     */
    static JournalTables open(String file) throws IOException {
        MVStore store = new MVStore.Builder()
                .fileName(file)
                .autoCommitDisabled()
                .cacheSize(4)
                .open();
        try {
            store.setRetentionTime(RETENTION_MILLIS);
            store.setVersionsToKeep(0);
            JournalTables tables = new JournalTables(store);
            tables.entries();
            tables.keptAside();
            return tables;
        } catch (RuntimeException | IOException e) {
            store.closeImmediately();
            throw e;
        }
    }

    /**
     * Opens the file, which is a new one, and forces all that the others hold to the disk.
     *
     * @throws IOException if it cannot be opened
     */
    static JournalTables copy(JournalTables others, String file) throws IOException {
        JournalTables copy = open(file);
        try {
            copy.entries.putAll(others.entries);
            copy.kept.putAll(others.kept);
            copy.commit();
            return copy;
        } catch (RuntimeException | Error e) {
            copy.abandon();
            throw e;
        }
    }

    void put(long number, byte[] entry) {
        entries.put(number, entry);
    }

    void remove(long number) {
        entries.remove(number);
    }

    void setAside(long number, byte[] aside) {
        kept.put(number, aside);
        entries.remove(number);
    }

    /** Undoes {@link #setAside}. */
    void takeBack(long number, byte[] entry) {
        entries.put(number, entry);
        kept.remove(number);
    }

    List<OutboxEntry> entries() throws IOException {
        return decode(entries, EntryCodec::decodeEntry);
    }

    List<KeptAside> keptAside() throws IOException {
        return decode(kept, EntryCodec::decodeKeptAside);
    }

    /** Forces what was changed to the disk. */
    void commit() {
        store.commit();
        store.sync();
    }

    void compactWhenEmpty() {
        if (entries.isEmpty() && store.getFileStore().size() > WORTH_COMPACTING) {
            store.compactFile(COMPACTING_MILLIS);
            // It has set this to 0.
            store.setRetentionTime(RETENTION_MILLIS);
        }
    }

    void close() {
        store.close(COMPACTING_MILLIS);
    }

    /** Closes the file as it is. */
    void abandon() {
        store.closeImmediately();
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

    private static MVMap<Long, byte[]> open(MVStore store, String name) {
        return store.openMap(
                name,
                new MVMap.Builder<Long, byte[]>().keyType(LongDataType.INSTANCE).valueType(ByteArrayDataType.INSTANCE));
    }
}
