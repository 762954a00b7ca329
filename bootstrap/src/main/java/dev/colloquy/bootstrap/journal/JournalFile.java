package dev.colloquy.bootstrap.journal;

import dev.colloquy.domain.error.InvalidSettings;
import java.io.IOException;
import java.nio.channels.FileChannel;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.nio.file.attribute.FileAttribute;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.List;
import org.h2.mvstore.DataUtils;
import org.h2.mvstore.MVStoreException;

/** The journal's file: where it is, who may read it, and what is wrong with it. */
final class JournalFile {

    static final String NAME = "outbox.mv";

    /** What takes the place of the file as soon as it holds all; of no use if that has not happened. */
    static final String NEXT = NAME + ".new";

    private static final String OWN = "a directory that this process may create and write in";
    private static final String NOT_IN_USE = "a directory that no other process uses, and nobody else in this one";

    private JournalFile() {}

    /** Takes the directory's lock. */
    static JournalLock lock(Path directory) {
        Path file = prepare(directory, JournalLock.NAME);
        try {
            return JournalLock.take(file);
        } catch (JournalLock.Taken e) {
            throw problem(directory, NOT_IN_USE, e);
        } catch (IOException e) {
            throw problem(directory, OWN, e);
        }
    }

    static boolean isEmpty(Path file) {
        return file.toFile().length() == 0;
    }

    /** Why an empty file could not be filled. It is empty again then, as nothing could be read from half a beginning. */
    static InvalidSettings notBegun(Path directory, Path file, Exception cause) {
        InvalidSettings problem = problem(directory, OWN + ", with room for a file", cause);
        try {
            Files.write(file, new byte[0]);
        } catch (IOException e) {
            problem.addSuppressed(e);
        }
        return problem;
    }

    /** Creates directory and file if they do not exist, for their owner only; gives the file's absolute path. */
    static Path prepare(Path directory) {
        return prepare(directory, NAME);
    }

    /** As {@link #prepare}, for a new file that is to take the place of the one that is there. */
    static Path prepareNext(Path directory) throws IOException {
        discardNext(directory);
        return prepare(directory, NEXT);
    }

    static void discardNext(Path directory) throws IOException {
        Files.deleteIfExists(directory.resolve(NEXT));
    }

    private static Path prepare(Path directory, String name) {
        boolean isPosix = isPosix(directory);
        try {
            Files.createDirectories(directory, isPosix ? mode("rwx------") : new FileAttribute<?>[0]);
            // H2 takes a tilde at the beginning to be the home directory, and what comes before a colon to be a scheme.
            Path file = directory.resolve(name).toAbsolutePath();
            try {
                Files.createFile(file, isPosix ? mode("rw-------") : new FileAttribute<?>[0]);
            } catch (FileAlreadyExistsException e) {
                if (isPosix) {
                    Files.setPosixFilePermissions(file, PosixFilePermissions.fromString("rw-------"));
                }
            }
            return file;
        } catch (IOException e) {
            throw problem(directory, OWN, e);
        }
    }

    /** Forces the names in the directory to the disk, where the system has a way to do that. */
    static void force(Path directory) throws IOException {
        if (isPosix(directory)) {
            try (FileChannel names = FileChannel.open(directory, StandardOpenOption.READ)) {
                names.force(true);
            }
        }
    }

    private static boolean isPosix(Path directory) {
        return directory.getFileSystem().supportedFileAttributeViews().contains("posix");
    }

    static InvalidSettings unusable(Path directory, Exception cause) {
        if (cause instanceof MVStoreException stored && stored.getErrorCode() == DataUtils.ERROR_FILE_LOCKED) {
            return problem(directory, NOT_IN_USE, cause);
        }
        return problem(
                directory,
                "a directory whose " + NAME + " can be read (" + cause.getMessage()
                        + "); restore the file, or move it away to start without the messages in it",
                cause);
    }

    private static InvalidSettings problem(Path directory, String allowed, Exception cause) {
        InvalidSettings problem = new InvalidSettings(
                List.of(MvStoreOutboxJournal.SETTING + " was \"" + directory + "\"; allowed: " + allowed));
        problem.addSuppressed(cause);
        return problem;
    }

    private static FileAttribute<?>[] mode(String permissions) {
        return new FileAttribute<?>[] {
            PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString(permissions))
        };
    }
}
