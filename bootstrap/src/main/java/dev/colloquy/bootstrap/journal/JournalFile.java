package dev.colloquy.bootstrap.journal;

import dev.colloquy.domain.error.InvalidSettings;
import java.io.IOException;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.FileAttribute;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.List;
import org.h2.mvstore.DataUtils;
import org.h2.mvstore.MVStoreException;

/** The journal's file: where it is, who may read it, and what is wrong with it. */
final class JournalFile {

    static final String NAME = "outbox.mv";

    private JournalFile() {}

    /** Creates directory and file if they do not exist, for their owner only; gives the file's absolute path. */
    static Path prepare(Path directory) {
        boolean isPosix =
                directory.getFileSystem().supportedFileAttributeViews().contains("posix");
        try {
            Files.createDirectories(directory, isPosix ? mode("rwx------") : new FileAttribute<?>[0]);
            // H2 takes a tilde at the beginning to be the home directory, and what comes before a colon to be a scheme.
            Path file = directory.resolve(NAME).toAbsolutePath();
            try {
                Files.createFile(file, isPosix ? mode("rw-------") : new FileAttribute<?>[0]);
            } catch (FileAlreadyExistsException e) {
                if (isPosix) {
                    Files.setPosixFilePermissions(file, PosixFilePermissions.fromString("rw-------"));
                }
            }
            return file;
        } catch (IOException e) {
            throw problem(directory, "a directory that this process may create and write in", e);
        }
    }

    static InvalidSettings unusable(Path directory, Exception cause) {
        if (cause instanceof MVStoreException stored && stored.getErrorCode() == DataUtils.ERROR_FILE_LOCKED) {
            return problem(directory, "a directory that no other process uses", cause);
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
