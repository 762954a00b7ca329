package dev.colloquy.bootstrap.journal;

import java.io.IOException;
import java.nio.channels.FileChannel;
import org.h2.store.fs.FilePath;
import org.h2.store.fs.FilePathWrapper;

/**
 * A file system of H2's over another one, where each write is on the disk before the next one begins. MVStore writes a
 * chunk, and behind it, before it forces anything, often the header that names the chunk. If power fails then, a disk may
 * hold the header alone; MVStore would take that for damage and go back to an old chunk, without a word.
 */
public final class DurableWrites extends FilePathWrapper {

    /** What to put before a file's name. */
    static final String SCHEME = "durable:";

    static void register() {
        FilePath.register(new DurableWrites());
    }

    @Override
    public String getScheme() {
        return "durable";
    }

    @Override
    public FileChannel open(String mode) throws IOException {
        return getBase().open(mode.equals("rw") ? "rwd" : mode);
    }
}
