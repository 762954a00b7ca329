package dev.colloquy.adapter.redis;

import dev.colloquy.adapter.redis.json.MessageJson;
import dev.colloquy.domain.conversation.ConversationId;
import dev.colloquy.domain.conversation.ConversationView;
import dev.colloquy.domain.conversation.MessageRange;
import dev.colloquy.domain.conversation.Position;
import dev.colloquy.domain.conversation.SequencedMessage;
import dev.colloquy.domain.error.StoredDataUnreadable;
import dev.colloquy.domain.retention.Retention;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;

/** The arguments and the answers of {@code read.lua}. */
final class ReadScript {

    /** How many items follow the elements. */
    private static final int TRAILER = 6;

    private ReadScript() {}

    static String header(MessageRange range, Retention retention) {
        String selection = switch (range) {
            case MessageRange.All() -> " all 0 0";
            case MessageRange.Last(int count) -> " last " + count + " 0";
            case MessageRange.After(long sequence, int limit) -> " after " + sequence + " " + limit;
        };
        return RetentionCode.of(retention) + selection;
    }

    static ConversationView view(ConversationId id, Reply reply, Instant now) {
        if (reply.size() == 0) {
            return ConversationView.empty(id);
        }
        if (!reply.kind().equals("read")) {
            throw reply.wrongType(id);
        }
        int count = reply.size() - TRAILER;
        byte[] extra = reply.bytes(count);
        long length = reply.number(count + 1);
        long last = reply.number(count + 2);
        long first = reply.number(count + 3);
        long timeToLive = reply.number(count + 4);
        List<SequencedMessage> messages = new ArrayList<>(count);
        for (int i = 0; i < count; i++) {
            messages.add(read(id, reply.bytes(i), first + i, first + i - (last - length) - 1));
        }
        if (extra.length == 0 && messages.isEmpty()) {
            throw unreadable(id, length - 1);
        }
        Position end = extra.length == 0
                ? messages.getLast().position()
                : read(id, extra, last, length - 1).position();
        return ConversationView.live(id, messages, length, end, timeToLive < 0 ? null : now.plusMillis(timeToLive));
    }

    private static SequencedMessage read(ConversationId id, byte[] element, long sequence, long index) {
        if (sequence < 1) {
            throw new StoredDataUnreadable(
                    id.toString(),
                    "its list has elements in front of the first message, or copies of elements; others may only add "
                            + "new ones at the end",
                    null);
        }
        return MessageJson.read(element, sequence).orElseThrow(() -> unreadable(id, index));
    }

    private static StoredDataUnreadable unreadable(ConversationId id, long index) {
        return new StoredDataUnreadable(id.toString(), "element " + index + " of its list is not a message", null);
    }
}
