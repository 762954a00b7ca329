package dev.colloquy.bootstrap.journal;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.channels.FileLock;
import org.h2.store.fs.FileBase;
import org.h2.store.fs.FilePath;
import org.h2.store.fs.FilePathWrapper;

/** A file system of H2's over the real one, which can be made to write half of what it is given and fail. */
public final class FailingDisk extends FilePathWrapper {

    /** What to put before a file's name. */
    static final String SCHEME = "failing:";

    static volatile boolean isFull;

    /** Whether all that is written is there, but nothing is certain to stay. */
    static volatile boolean failsToForce;

    /** Whether the beginning of a file, which says where to look for the rest, was written before the rest was safe. */
    static volatile boolean beganTooEarly;

    static void register() {
        beganTooEarly = false;
        isFull = false;
        failsToForce = false;
        FilePath.register(new FailingDisk());
    }

    @Override
    public String getScheme() {
        return "failing";
    }

    @Override
    public FileChannel open(String mode) throws IOException {
        return new Channel(getBase().open(mode), mode.equals("rwd"));
    }

    private static final class Channel extends FileBase {

        private final FileChannel file;
        private final boolean forcesEachWrite;
        private boolean isAllForced = true;

        private Channel(FileChannel file, boolean forcesEachWrite) {
            this.file = file;
            this.forcesEachWrite = forcesEachWrite;
        }

        @Override
        public int write(ByteBuffer source) throws IOException {
            if (isFull) {
                ByteBuffer half = source.duplicate();
                half.limit(half.position() + half.remaining() / 2);
                file.write(half);
                throw new IOException("No space left on device");
            }
            beganTooEarly |= file.position() == 0 && !isAllForced;
            isAllForced = forcesEachWrite;
            return file.write(source);
        }

        @Override
        public int read(ByteBuffer target) throws IOException {
            return file.read(target);
        }

        @Override
        public long position() throws IOException {
            return file.position();
        }

        @Override
        public FileChannel position(long position) throws IOException {
            file.position(position);
            return this;
        }

        @Override
        public long size() throws IOException {
            return file.size();
        }

        @Override
        public FileChannel truncate(long size) throws IOException {
            file.truncate(size);
            return this;
        }

        @Override
        public void force(boolean withMetadata) throws IOException {
            if (isFull || failsToForce) {
                throw new IOException("No space left on device");
            }
            file.force(withMetadata);
            isAllForced = true;
        }

        @Override
        public FileLock tryLock(long position, long size, boolean shared) throws IOException {
            return file.tryLock(position, size, shared);
        }

        @Override
        protected void implCloseChannel() throws IOException {
            file.close();
        }
    }
}
