package dev.colloquy.bootstrap.journal;

import java.io.ByteArrayInputStream;
import java.io.DataInputStream;
import java.io.DataOutputStream;
import java.io.EOFException;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.zip.CRC32;

/** Reads the fields of a record whose checksum is right; and the way texts and times are written. */
final class RecordReader {

    private final DataInputStream in;

    private RecordReader(DataInputStream in) {
        this.in = in;
    }

    /** @throws IOException if the checksum is wrong */
    static RecordReader of(byte[] bytes) throws IOException {
        int length = bytes.length - Integer.BYTES;
        if (length < 1) {
            throw new EOFException("a record of " + bytes.length + " bytes");
        }
        CRC32 checksum = new CRC32();
        checksum.update(bytes, 0, length);
        if ((int) checksum.getValue() != ByteBuffer.wrap(bytes).getInt(length)) {
            throw new IOException("wrong checksum");
        }
        return new RecordReader(new DataInputStream(new ByteArrayInputStream(bytes, 0, length)));
    }

    int number() throws IOException {
        return in.readUnsignedByte();
    }

    int integer() throws IOException {
        return in.readInt();
    }

    long longInteger() throws IOException {
        return in.readLong();
    }

    String text() throws IOException {
        int length = in.readInt();
        if (length < 0 || length > in.available()) {
            throw new EOFException("a text of " + length + " bytes");
        }
        return new String(in.readNBytes(length), StandardCharsets.UTF_8);
    }

    Instant instant() throws IOException {
        return Instant.ofEpochSecond(in.readLong(), in.readInt());
    }

    static void writeText(DataOutputStream out, String text) throws IOException {
        byte[] bytes = text.getBytes(StandardCharsets.UTF_8);
        out.writeInt(bytes.length);
        out.write(bytes);
    }

    static void writeInstant(DataOutputStream out, Instant instant) throws IOException {
        out.writeLong(instant.getEpochSecond());
        out.writeInt(instant.getNano());
    }
}
