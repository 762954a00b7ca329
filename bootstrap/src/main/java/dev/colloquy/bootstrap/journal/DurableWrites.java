package dev.colloquy.bootstrap.journal;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import org.h2.store.fs.FilePath;
import org.h2.store.fs.FilePathWrapper;

/**
 * A file system of H2's over another one, where each write is on the disk before the next one begins. MVStore writes a
 * chunk, and behind it, before it forces anything, often the header that names the chunk. If power fails then, a disk may
 * hold the header alone; MVStore would take that for damage and go back to an old chunk, without a word.
 *
 * <p>So it is within a chunk: MVStore takes it to be whole if its first and last bytes are there. The last ones are
 * written when the rest is on the disk; a chunk that was cut short is then none, and the one before it counts.
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
        return new Channel(getBase().open(mode.equals("rw") ? "rwd" : mode));
    }

    private static final class Channel extends FileChannelWrapper {

        private static final int FOOTER = 128;

        private Channel(FileChannel file) {
            super(file);
        }

        /** Writes all but a chunk's footer, or, where no more than that is left, the footer. */
        @Override
        public synchronized int write(ByteBuffer source, long position) throws IOException {
            boolean isStoreHeader = position == 0;
            if (isStoreHeader || source.remaining() <= FOOTER) {
                return super.write(source, position);
            }
            int end = source.limit();
            try {
                return super.write(source.limit(end - FOOTER), position);
            } finally {
                source.limit(end);
            }
        }
    }
}
