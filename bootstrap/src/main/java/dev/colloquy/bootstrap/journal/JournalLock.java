package dev.colloquy.bootstrap.journal;

import java.io.IOException;
import java.nio.channels.FileChannel;
import java.nio.channels.OverlappingFileLockException;
import java.nio.file.FileSystemException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.nio.file.attribute.BasicFileAttributes;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * That nobody else uses a journal's directory, in this process or in another one, also while the journal's own file is
 * closed after a failure. It is a lock on a file beside it, which stays there.
 *
 * <p>Once a process closes a file that it has locked, however it had opened it, POSIX takes all its locks on that file
 * away. So this process does not open it a second time to find out that it is locked.
 */
final class JournalLock {

    static final String NAME = "outbox.lock";

    /** It is in use; the rest of what can go wrong is another {@link IOException}. */
    static final class Taken extends FileSystemException {

        private static final long serialVersionUID = 1L;

        private Taken(Path file) {
            super(file.toString(), null, "in use");
        }
    }

    private static final Logger LOG = LoggerFactory.getLogger(MvStoreOutboxJournal.class);
    private static final Set<Object> HELD_HERE = ConcurrentHashMap.newKeySet();

    private final Object identity;
    private final FileChannel channel;

    private JournalLock(Object identity, FileChannel channel) {
        this.identity = identity;
        this.channel = channel;
    }

    /**
     * Takes the lock.
     *
     * @param file which is there already
     * @throws Taken if somebody has it
     */
    static JournalLock take(Path file) throws IOException {
        Object key = Files.readAttributes(file, BasicFileAttributes.class).fileKey();
        Object identity = key != null ? key : file.toRealPath();
        if (!HELD_HERE.add(identity)) {
            throw new Taken(file);
        }
        JournalLock lock = null;
        FileChannel channel = null;
        try {
            channel = FileChannel.open(file, StandardOpenOption.WRITE);
            if (channel.tryLock() == null) {
                throw new Taken(file);
            }
            lock = new JournalLock(identity, channel);
            return lock;
        } catch (OverlappingFileLockException byAnotherClassLoader) {
            throw new Taken(file);
        } finally {
            if (lock == null) {
                release(identity, channel);
            }
        }
    }

    /** Lets others have it. */
    void release() {
        try {
            release(identity, channel);
        } catch (IOException e) {
            LOG.warn("the lock of the outbox journal could not be closed in order", e);
        }
    }

    private static void release(Object identity, @Nullable FileChannel channel) throws IOException {
        try {
            if (channel != null) {
                channel.close();
            }
        } finally {
            HELD_HERE.remove(identity);
        }
    }
}
