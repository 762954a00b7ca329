package dev.colloquy.bootstrap.journal;

import dev.colloquy.application.outbox.KeptAside;
import dev.colloquy.application.outbox.OutboxEntry;
import dev.colloquy.domain.conversation.Append;
import dev.colloquy.domain.conversation.ConversationId;
import dev.colloquy.domain.conversation.ExpectedPosition;
import dev.colloquy.domain.conversation.Message;
import dev.colloquy.domain.conversation.MessageId;
import dev.colloquy.domain.conversation.Role;
import dev.colloquy.domain.error.InvalidValue;
import dev.colloquy.domain.retention.Retention;
import java.io.ByteArrayOutputStream;
import java.io.DataOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.zip.CRC32;

/**
 * Writes entries as bytes: a format version, the fields one after the other, and a checksum. The number of an entry is
 * the key under which it is kept and not part of the bytes.
 */
final class EntryCodec {

    private static final int VERSION = 1;
    private static final int APPENDED = 1;
    private static final int CLEARED = 2;
    private static final int NO_LIMIT = 0;

    private EntryCodec() {}

    static byte[] encode(OutboxEntry entry) {
        return sealed(out -> writeEntry(out, entry));
    }

    static byte[] encode(KeptAside kept) {
        return sealed(out -> {
            RecordReader.writeText(out, kept.reason());
            RecordReader.writeInstant(out, kept.at());
            writeEntry(out, kept.entry());
        });
    }

    /** @throws IOException if these are not bytes that {@link #encode(OutboxEntry)} gave */
    static OutboxEntry decodeEntry(long number, byte[] bytes) throws IOException {
        return decode(bytes, in -> readEntry(number, in));
    }

    /** @throws IOException if these are not bytes that {@link #encode(KeptAside)} gave */
    static KeptAside decodeKeptAside(long number, byte[] bytes) throws IOException {
        return decode(bytes, in -> {
            String reason = in.text();
            var at = in.instant();
            return new KeptAside(readEntry(number, in), reason, at);
        });
    }

    private static void writeEntry(DataOutputStream out, OutboxEntry entry) throws IOException {
        out.writeByte(entry instanceof OutboxEntry.Appended ? APPENDED : CLEARED);
        RecordReader.writeText(out, entry.conversation().agent().value());
        RecordReader.writeText(out, entry.conversation().user().value());
        RecordReader.writeInstant(out, entry.acceptedAt());
        if (entry instanceof OutboxEntry.Appended appended) {
            Retention retention = appended.append().retention();
            RecordReader.writeText(out, retention.from().name());
            out.writeLong(retention.period().toMillis());
            out.writeInt(retention.maxMessages().orElse(NO_LIMIT));
            out.writeInt(appended.append().messages().size());
            for (Message message : appended.append().messages()) {
                writeMessage(out, message);
            }
        }
    }

    private static OutboxEntry readEntry(long number, RecordReader in) throws IOException {
        int kind = in.number();
        ConversationId conversation = ConversationId.of(in.text(), in.text());
        var acceptedAt = in.instant();
        if (kind == CLEARED) {
            return new OutboxEntry.Cleared(number, conversation, acceptedAt);
        }
        if (kind != APPENDED) {
            throw new IOException("unknown kind of entry " + kind);
        }
        Retention.From from = Retention.From.valueOf(in.text());
        Duration period = Duration.ofMillis(in.longInteger());
        int limit = in.integer();
        Retention retention = new Retention(from, period, limit == NO_LIMIT ? null : limit);
        int count = in.integer();
        List<Message> messages = new ArrayList<>();
        for (int i = 0; i < count; i++) {
            messages.add(readMessage(in));
        }
        Append append = new Append(messages, ExpectedPosition.any(), retention);
        return new OutboxEntry.Appended(number, conversation, acceptedAt, append);
    }

    private static void writeMessage(DataOutputStream out, Message message) throws IOException {
        RecordReader.writeText(out, message.id().value());
        RecordReader.writeText(out, message.role().value());
        RecordReader.writeText(out, message.content());
        RecordReader.writeInstant(out, message.at());
        out.writeInt(message.metadata().size());
        for (Map.Entry<String, String> entry : message.metadata().entrySet()) {
            RecordReader.writeText(out, entry.getKey());
            RecordReader.writeText(out, entry.getValue());
        }
    }

    private static Message readMessage(RecordReader in) throws IOException {
        MessageId id = new MessageId(in.text());
        Role role = Role.of(in.text());
        String content = in.text();
        var at = in.instant();
        int count = in.integer();
        Map<String, String> metadata = new HashMap<>();
        for (int i = 0; i < count; i++) {
            String key = in.text();
            metadata.put(key, in.text());
        }
        return new Message(id, role, content, at, metadata);
    }

    private interface Writing {
        void to(DataOutputStream out) throws IOException;
    }

    private interface Reading<T> {
        T from(RecordReader in) throws IOException;
    }

    private static byte[] sealed(Writing body) {
        ByteArrayOutputStream bytes = new ByteArrayOutputStream(256);
        try (DataOutputStream out = new DataOutputStream(bytes)) {
            out.writeByte(VERSION);
            body.to(out);
            CRC32 checksum = new CRC32();
            checksum.update(bytes.toByteArray());
            out.writeInt((int) checksum.getValue());
        } catch (IOException e) {
            throw new UncheckedIOException("memory cannot fail to be written", e);
        }
        return bytes.toByteArray();
    }

    private static <T> T decode(byte[] bytes, Reading<T> body) throws IOException {
        RecordReader in = RecordReader.of(bytes);
        int version = in.number();
        if (version != VERSION) {
            throw new IOException("format version " + version + ", known is " + VERSION);
        }
        try {
            return body.from(in);
        } catch (InvalidValue | IllegalArgumentException e) {
            throw new IOException("a field with a value that cannot be", e);
        }
    }
}
