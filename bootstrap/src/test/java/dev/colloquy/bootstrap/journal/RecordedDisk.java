package dev.colloquy.bootstrap.journal;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.util.ArrayList;
import java.util.List;
import org.h2.store.fs.FilePath;
import org.h2.store.fs.FilePathWrapper;

/** A file system of H2's over the real one that remembers what was written, and forces nothing, so it is fast. */
public final class RecordedDisk extends FilePathWrapper {

    /** What to put before a file's name. */
    static final String SCHEME = "recorded:";

    /** What was done to the file: bytes written at a position, or, with none, its end set there. */
    record Change(long position, ByteBuffer bytes) {

        boolean isTruncation() {
            return !bytes.hasRemaining();
        }
    }

    static final List<Change> changes = new ArrayList<>();

    static void register() {
        changes.clear();
        FilePath.register(new RecordedDisk());
    }

    @Override
    public String getScheme() {
        return "recorded";
    }

    @Override
    public FileChannel open(String mode) throws IOException {
        return new Channel(getBase().open(mode.equals("rwd") ? "rw" : mode));
    }

    private static final class Channel extends FileChannelWrapper {

        private Channel(FileChannel file) {
            super(file);
        }

        @Override
        public synchronized int write(ByteBuffer source, long position) throws IOException {
            byte[] bytes = new byte[source.remaining()];
            source.duplicate().get(bytes);
            changes.add(new Change(position, ByteBuffer.wrap(bytes)));
            return super.write(source, position);
        }

        @Override
        protected void implTruncate(long size) throws IOException {
            changes.add(new Change(size, ByteBuffer.allocate(0)));
            super.implTruncate(size);
        }

        @Override
        public void force(boolean withMetadata) {}
    }
}
