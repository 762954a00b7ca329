package dev.colloquy.adapter.redis;

import static java.nio.charset.StandardCharsets.UTF_8;

import dev.colloquy.adapter.redis.json.MessageJson;
import dev.colloquy.domain.conversation.Append;
import dev.colloquy.domain.conversation.ConversationId;
import dev.colloquy.domain.conversation.ExpectedPosition;
import dev.colloquy.domain.conversation.Message;
import dev.colloquy.domain.conversation.Receipt;
import dev.colloquy.domain.conversation.SequencedMessage;
import dev.colloquy.domain.error.ConversationChanged;
import dev.colloquy.domain.error.InvalidValue;
import dev.colloquy.domain.error.MessageIdConflict;
import dev.colloquy.domain.error.StoredDataUnreadable;
import dev.colloquy.domain.retention.Retention;
import java.time.DateTimeException;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;

/** The arguments and the answers of {@code append.lua}. */
final class AppendScript {

    private AppendScript() {}

    /**
     * The first argument.
     *
     * @param newIds whether the ids are new for certain
     */
    static String header(Append append, boolean newIds) {
        Retention retention = append.retention();
        return RetentionCode.of(retention)
                + " " + retention.maxMessages().orElse(0)
                + (newIds ? " n " : " k ")
                + switch (append.expected()) {
                    case ExpectedPosition.Any() -> "";
                    case ExpectedPosition.Empty() -> "0";
                    case ExpectedPosition.Last(var position) -> position.toString();
                };
    }

    /** The other arguments, one for each message: the client and the server pay for each. */
    static List<byte[]> messages(Append append) {
        List<byte[]> arguments = new ArrayList<>(append.messages().size());
        for (Message message : append.messages()) {
            arguments.add(MessageJson.withoutBrace(message).getBytes(UTF_8));
        }
        return arguments;
    }

    static Receipt.Stored receipt(ConversationId id, Append append, Reply reply, Instant now) {
        return switch (reply.kind()) {
            case "", "new" -> stored(append, reply, now);
            case "known" -> replay(id, append, reply, now);
            case "part" -> {
                Message known = append.messages().get((int) reply.number(0) - 1);
                throw new MessageIdConflict(known.id().value(), "the batch is new before it");
            }
            case "changed" ->
                throw new ConversationChanged(
                        id.toString(),
                        append.expected().toString(),
                        reply.number(0) == 0 ? "empty" : reply.number(0) + ":" + reply.text(1));
            default -> throw reply.wrongType(id);
        };
    }

    private static Receipt.Stored stored(Append append, Reply reply, Instant now) {
        List<SequencedMessage> messages = new ArrayList<>(append.messages().size());
        long sequence = reply.number(0);
        for (Message message : append.messages()) {
            messages.add(new SequencedMessage(sequence++, message));
        }
        boolean ordinary = reply.size() == 1;
        long length = ordinary ? reply.number(0) : reply.number(1);
        Instant expiry = ordinary ? now.plus(append.retention().period()) : now.plusMillis(reply.number(2));
        return new Receipt.Stored(messages, length, expiry, false);
    }

    private static Receipt.Stored replay(ConversationId id, Append append, Reply reply, Instant now) {
        List<Message> batch = append.messages();
        long first = reply.number(batch.size() + 1);
        List<SequencedMessage> messages = new ArrayList<>(batch.size());
        for (int i = 0; i < batch.size(); i++) {
            messages.add(repeated(id, batch, i, reply.bytes(i), first + i));
        }
        long lengthThen = Math.min(
                first + batch.size() - 1, append.retention().maxMessages().orElse(Integer.MAX_VALUE));
        return new Receipt.Stored(messages, lengthThen, now.plusMillis(reply.number(batch.size())), true);
    }

    /** The stored message that this one of the batch repeats. */
    private static SequencedMessage repeated(
            ConversationId id, List<Message> batch, int index, byte[] known, long sequence) {
        Message message = batch.get(index);
        String what = known.length == 0 ? "" : new String(known, 0, 1, UTF_8);
        return switch (what) {
            case "{" -> {
                SequencedMessage stored = MessageJson.read(known, sequence)
                        .orElseThrow(() ->
                                new StoredDataUnreadable(id.toString(), "message " + sequence + " is damaged", null));
                if (!stored.message().id().equals(message.id())) {
                    throw otherBatch(batch);
                }
                if (!stored.message().repeats(message)) {
                    throw new MessageIdConflict(message.id().value(), "with other content");
                }
                yield new SequencedMessage(sequence, stored.message());
            }
            case "=" ->
                new SequencedMessage(
                        sequence, at(id, sequence, message, new String(known, 1, known.length - 1, UTF_8)));
            case "!" -> throw new MessageIdConflict(message.id().value(), "with other content");
            default -> throw otherBatch(batch);
        };
    }

    private static MessageIdConflict otherBatch(List<Message> batch) {
        return new MessageIdConflict(batch.getFirst().id().value(), "the batch goes on in another way");
    }

    /** The message with the time of its first append; the rest of it is what the caller repeats. */
    private static Message at(ConversationId id, long sequence, Message message, String time) {
        try {
            Instant at = time.isEmpty() ? Instant.EPOCH : Instant.parse(time);
            return new Message(message.id(), message.role(), message.content(), at, message.metadata());
        } catch (DateTimeException | InvalidValue quotesIt) {
            throw new StoredDataUnreadable(id.toString(), "the time of message " + sequence + " is damaged", null);
        }
    }
}
