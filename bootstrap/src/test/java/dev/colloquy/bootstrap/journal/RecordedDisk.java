package dev.colloquy.bootstrap.journal;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.h2.store.fs.FilePath;
import org.h2.store.fs.FilePathWrapper;

/** A file system of H2's over the real one that remembers what was done, and forces nothing, so it is fast. */
public final class RecordedDisk extends FilePathWrapper {

    /** What to put before a file's name. */
    static final String SCHEME = "recorded:";

    /** What was done to a file. */
    sealed interface Change {

        /** The file's name, without its directory. */
        String file();
    }

    record Written(String file, long position, ByteBuffer bytes) implements Change {}

    record Cut(String file, long size) implements Change {}

    /** Given another name; the file that had it is gone. */
    record Moved(String file, String to) implements Change {}

    static final List<Change> changes = new ArrayList<>();

    /** The channels that were opened last, each under the name that its file has now. */
    private static final Map<String, Channel> channels = new HashMap<>();

    static void register() {
        changes.clear();
        channels.clear();
        FilePath.register(new RecordedDisk());
    }

    @Override
    public String getScheme() {
        return "recorded";
    }

    @Override
    public FileChannel open(String mode) throws IOException {
        Channel channel = new Channel(getName(), getBase().open(mode.equals("rwd") ? "rw" : mode));
        channels.put(channel.name, channel);
        return channel;
    }

    @Override
    public void moveTo(FilePath to, boolean isAtomicReplace) {
        super.moveTo(to, isAtomicReplace);
        Channel channel = channels.remove(getName());
        channel.name = to.getName();
        channels.put(channel.name, channel);
        changes.add(new Moved(getName(), channel.name));
    }

    private static final class Channel extends FileChannelWrapper {

        private String name;

        private Channel(String name, FileChannel file) {
            super(file);
            this.name = name;
        }

        @Override
        public synchronized int write(ByteBuffer source, long position) throws IOException {
            byte[] bytes = new byte[source.remaining()];
            source.duplicate().get(bytes);
            changes.add(new Written(name, position, ByteBuffer.wrap(bytes)));
            return super.write(source, position);
        }

        @Override
        protected void implTruncate(long size) throws IOException {
            changes.add(new Cut(name, size));
            super.implTruncate(size);
        }

        @Override
        public void force(boolean withMetadata) {}
    }
}
