package dev.colloquy.bootstrap.journal;

import dev.colloquy.application.outbox.KeptAside;
import dev.colloquy.application.outbox.OutboxEntry;
import dev.colloquy.application.outbox.OutboxJournal;
import dev.colloquy.domain.error.InvalidSettings;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Collection;
import java.util.List;
import java.util.concurrent.atomic.AtomicBoolean;
import org.h2.store.fs.FilePath;

/**
 * The outbox's journal in one file. What {@link #append} returned from is forced to the disk, so it outlives the process
 * and the loss of power. If somebody removes the file, the next change makes it anew. After a failure it can be written
 * again as soon as the disk lets it. One process per directory. The file holds message content and is readable by its
 * owner only.
 */
public final class MvStoreOutboxJournal implements OutboxJournal {

    /** The setting that names the directory. */
    static final String SETTING = "COLLOQUY_OUTBOX_DIR";

    private static final String WAS_READABLE = "it was readable when the journal was opened";
    private static final Duration PAUSE = Duration.ofSeconds(1);
    // A busy disk may take seconds to force what was written; the service waits 25 s for its end at most.
    private static final Duration LONGEST = Duration.ofSeconds(10);
    private static final long NEVER_TOO_LARGE = 8L << 20;

    private final JournalTables opened;
    private final GroupCommit commits;
    private final AtomicBoolean closed = new AtomicBoolean();

    private MvStoreOutboxJournal(JournalTables opened, GroupCommit commits) {
        this.opened = opened;
        this.commits = commits;
    }

    /**
     * Opens the journal in a directory, which is created if it does not exist. An interrupt of the calling thread stays as it
     * is, and does not matter.
     *
     * @throws InvalidSettings if the directory cannot be used, is in use, or the journal in it is damaged; the message names
     *     the setting and says what to do
     */
    public static MvStoreOutboxJournal open(Path directory) {
        return open(directory, "", PAUSE, NEVER_TOO_LARGE, LONGEST);
    }

    /**
     * As {@link #open(Path)}.
     *
     * @param scheme what to put before the file's name, so that another file system of H2's is used
     * @param pause how long to wait after a failure before the file is opened again
     * @param neverTooLarge up to how many bytes the file is as good as empty
     */
    static MvStoreOutboxJournal open(Path directory, String scheme, Duration pause, long neverTooLarge) {
        return open(directory, scheme, pause, neverTooLarge, LONGEST);
    }

    /**
     * As {@link #open(Path, String, Duration, long)}.
     *
     * @param longest how long anybody waits for the disk
     */
    static MvStoreOutboxJournal open(
            Path directory, String scheme, Duration pause, long neverTooLarge, Duration longest) {
        // A file that an interrupted thread reads is closed, as if it could not be read.
        boolean interrupted = Thread.interrupted();
        try {
            Path file = JournalFile.prepare(directory);
            JournalLock lock = JournalFile.lock(directory);
            Place place = new Place(lock, directory, file, DurableWrites.SCHEME + scheme, neverTooLarge);
            return openLocked(place, pause, longest);
        } finally {
            if (interrupted) {
                Thread.currentThread().interrupt();
            }
        }
    }

    private static MvStoreOutboxJournal openLocked(Place place, Duration pause, Duration longest) {
        boolean isNew = JournalFile.isEmpty(place.file);
        DurableWrites.register();
        MvStoreOutboxJournal journal = null;
        try {
            JournalTables tables = place.open();
            JournalFile.discardNext(place.directory);
            journal = new MvStoreOutboxJournal(tables, new GroupCommit(tables, place, pause, longest));
            return journal;
        } catch (RuntimeException | IOException e) {
            throw isNew
                    ? JournalFile.notBegun(place.directory, place.file, e)
                    : JournalFile.unusable(place.directory, e);
        } finally {
            if (journal == null) {
                place.leave();
            }
        }
    }

    /** Used by the thread of the {@link GroupCommit} alone. */
    private static final class Place implements GroupCommit.Place {

        private final JournalLock lock;
        private final Path directory;
        private final Path file;
        private final String scheme;
        private final SizeLimits limits;
        private boolean isIncomplete;
        private boolean isCertain;

        Place(JournalLock lock, Path directory, Path file, String scheme, long neverTooLarge) {
            this.lock = lock;
            this.directory = directory;
            this.file = file;
            this.scheme = scheme;
            this.limits = new SizeLimits(neverTooLarge);
        }

        @Override
        public JournalTables open() throws IOException {
            if (isIncomplete || isRemoved()) {
                // A new one would not hold what was accepted.
                throw new NoSuchFileException(file.toString());
            }
            return JournalTables.open(scheme + file, limits);
        }

        @Override
        public boolean isRemoved() {
            return Files.notExists(file);
        }

        @Override
        public JournalTables makeAnew(JournalTables tables) throws IOException {
            isIncomplete |= isRemoved();
            JournalTables anew;
            try {
                anew = replaceBy(JournalFile.prepareNext(directory), tables);
            } catch (IOException | RuntimeException | Error e) {
                // It may be what has filled the disk.
                JournalFile.discardNext(directory);
                throw e;
            }
            limits.reset();
            isCertain = false;
            isIncomplete = false;
            return anew;
        }

        private JournalTables replaceBy(Path next, JournalTables tables) throws IOException {
            JournalTables anew = tables.copyTo(scheme + next);
            try {
                FilePath.get(scheme + next).moveTo(FilePath.get(scheme + file), true);
                return anew;
            } catch (RuntimeException | Error e) {
                anew.abandon();
                throw e;
            }
        }

        @Override
        public void makeCertain() throws IOException {
            if (!isCertain) {
                JournalFile.force(directory);
                isCertain = true;
            }
        }

        @Override
        public void leave() {
            lock.release();
        }
    }

    @Override
    public void append(OutboxEntry entry) {
        byte[] bytes = EntryCodec.encode(entry);
        commits.change(tables -> tables.put(entry.number(), bytes), tables -> tables.remove(entry.number()));
    }

    @Override
    public void rewrite(OutboxEntry entry) {
        byte[] bytes = EntryCodec.encode(entry);
        commits.change(tables -> tables.put(entry.number(), bytes));
    }

    @Override
    public void remove(Collection<Long> numbers) {
        List<Long> removed = List.copyOf(numbers);
        commits.change(tables -> removed.forEach(tables::remove));
    }

    @Override
    public void setAside(KeptAside aside) {
        long number = aside.entry().number();
        byte[] entry = EntryCodec.encode(aside.entry());
        byte[] bytes = EntryCodec.encode(aside);
        // Its caller replays it perhaps next time instead, and it must not be among those kept aside then.
        commits.change(tables -> tables.setAside(number, bytes), tables -> tables.takeBack(number, entry));
    }

    @Override
    public List<OutboxEntry> entries() {
        try {
            return opened.entries();
        } catch (IOException impossible) {
            throw new UncheckedIOException(WAS_READABLE, impossible);
        }
    }

    @Override
    public List<KeptAside> keptAside() {
        try {
            return opened.keptAside();
        } catch (IOException impossible) {
            throw new UncheckedIOException(WAS_READABLE, impossible);
        }
    }

    @Override
    public boolean isDurable() {
        return true;
    }

    @Override
    public void close() {
        if (closed.compareAndSet(false, true)) {
            commits.close();
        }
    }
}
