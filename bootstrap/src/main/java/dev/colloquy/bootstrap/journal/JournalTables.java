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
import org.jspecify.annotations.Nullable;

/**
 * What the journal's file holds, while it is open. A failure ends its use; the file can be opened anew then. Used by one
 * thread at a time.
 */
final class JournalTables {

    /**
     * MVStore finds its newest chunk from a header, renewed every 20 commits or so, by going from each chunk to the next
     * one. If power fails while one of these chunks is written over, it goes back to an old one, without a word. So space
     * is used anew only that many commits after it was given up; how much time has passed says nothing about that.
     */
    private static final int COMMITS_BEFORE_REUSE = 32;

    private final MVStore store;
    private final MVMap<Long, byte[]> entries;
    private final MVMap<Long, byte[]> kept;
    private final SizeLimits limits;
    private long heldBytes;

    private JournalTables(MVStore store, SizeLimits limits) {
        this.store = store;
        this.entries = open(store, "entries");
        this.kept = open(store, "kept-aside");
        this.limits = limits;
        this.heldBytes = bytesOf(entries) + bytesOf(kept);
    }

    private static long bytesOf(MVMap<Long, byte[]> map) {
        return map.values().stream().mapToLong(bytes -> bytes.length).sum();
    }

    /**
     * Opens the file and looks whether everything in it can be read: damage must show now, not when somebody asks.
     *
     * @param limits of its size
     * @throws IOException if something cannot be read
     */
    static JournalTables open(String file, SizeLimits limits) throws IOException {
        MVStore store = new MVStore.Builder()
                .fileName(file)
                .autoCommitDisabled()
                .cacheSize(4)
                .open();
        try {
            store.setRetentionTime(0);
            store.setVersionsToKeep(COMMITS_BEFORE_REUSE);
            JournalTables tables = new JournalTables(store, limits);
            tables.entries();
            tables.keptAside();
            return tables;
        } catch (RuntimeException | IOException e) {
            store.closeImmediately();
            throw e;
        }
    }

    /**
     * Opens another file, which is an empty one, and forces all that this one holds to the disk there.
     *
     * @throws IOException if it cannot be opened
     */
    JournalTables copyTo(String file) throws IOException {
        JournalTables copy = open(file, limits);
        try {
            entries.forEach((number, bytes) -> copy.put(copy.entries, number, bytes));
            kept.forEach((number, bytes) -> copy.put(copy.kept, number, bytes));
            copy.commit();
            return copy;
        } catch (RuntimeException | Error e) {
            copy.abandon();
            throw e;
        }
    }

    /** Whether most of the file is of no use any more, so that a copy would be much smaller. */
    boolean isTooLarge() {
        return limits.isTooLarge(store.getFileStore().size(), heldBytes);
    }

    /** It is not too large again soon, if it could not be made smaller. */
    void putUpWithSize() {
        limits.putUpWith(store.getFileStore().size(), heldBytes);
    }

    void put(long number, byte[] entry) {
        put(entries, number, entry);
    }

    void remove(long number) {
        remove(entries, number);
    }

    void setAside(long number, byte[] aside) {
        put(kept, number, aside);
        remove(entries, number);
    }

    /** Undoes {@link #setAside}. */
    void takeBack(long number, byte[] entry) {
        put(entries, number, entry);
        remove(kept, number);
    }

    private void put(MVMap<Long, byte[]> map, long number, byte[] bytes) {
        heldBytes += bytes.length - lengthOf(map.put(number, bytes));
    }

    private void remove(MVMap<Long, byte[]> map, long number) {
        heldBytes -= lengthOf(map.remove(number));
    }

    private static int lengthOf(byte @Nullable [] bytes) {
        return bytes == null ? 0 : bytes.length;
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

    void close() {
        store.close();
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
