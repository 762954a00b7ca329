package dev.colloquy.bootstrap.journal;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.util.concurrent.CountDownLatch;
import org.h2.store.fs.FilePath;
import org.h2.store.fs.FilePathWrapper;

/** A file system of H2's over the real one, which can be made to write half of what it is given and fail. */
public final class FailingDisk extends FilePathWrapper {

    /** What to put before a file's name. */
    static final String SCHEME = "failing:";

    static volatile boolean isFull;

    /** Whether all that is written is there, but nothing is certain to stay. */
    static volatile boolean failsToForce;

    /** Whether there is room for the files that are there, but for no other one. */
    static volatile boolean hasNoRoomForAnother;

    /** Whether files keep their names. */
    static volatile boolean failsToMove;

    /** What writes wait for. */
    static volatile CountDownLatch hangsUntil = new CountDownLatch(0);

    /** Whether the beginning of a file, which says where to look for the rest, was written before the rest was safe. */
    static volatile boolean beganTooEarly;

    static void register() {
        beganTooEarly = false;
        isFull = false;
        failsToForce = false;
        hasNoRoomForAnother = false;
        failsToMove = false;
        hangsUntil = new CountDownLatch(0);
        FilePath.register(new FailingDisk());
    }

    @Override
    public String getScheme() {
        return "failing";
    }

    @Override
    public FileChannel open(String mode) throws IOException {
        if (hasNoRoomForAnother && size() == 0) {
            throw new IOException("No space left on device");
        }
        return new Channel(getBase().open(mode), mode.equals("rwd"));
    }

    @Override
    public void moveTo(FilePath to, boolean isAtomicReplace) {
        if (failsToMove) {
            throw new IllegalStateException("in use");
        }
        super.moveTo(to, isAtomicReplace);
    }

    private static final class Channel extends FileChannelWrapper {

        private final boolean forcesEachWrite;
        private boolean isAllForced = true;

        private Channel(FileChannel file, boolean forcesEachWrite) {
            super(file);
            this.forcesEachWrite = forcesEachWrite;
        }

        @Override
        public synchronized int write(ByteBuffer source, long position) throws IOException {
            try {
                hangsUntil.await();
            } catch (InterruptedException e) {
                throw new AssertionError(e);
            }
            if (isFull) {
                ByteBuffer half = source.duplicate();
                half.limit(half.position() + half.remaining() / 2);
                super.write(half, position);
                throw new IOException("No space left on device");
            }
            beganTooEarly |= position == 0 && !isAllForced;
            isAllForced = forcesEachWrite;
            return super.write(source, position);
        }

        @Override
        public void force(boolean withMetadata) throws IOException {
            if (isFull || failsToForce) {
                throw new IOException("No space left on device");
            }
            super.force(withMetadata);
            isAllForced = true;
        }
    }
}
