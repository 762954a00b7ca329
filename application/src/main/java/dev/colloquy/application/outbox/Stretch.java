package dev.colloquy.application.outbox;

import dev.colloquy.domain.conversation.Append;
import dev.colloquy.domain.conversation.ExpectedPosition;
import dev.colloquy.domain.conversation.Message;
import dev.colloquy.domain.retention.Retention;
import java.util.List;

/**
 * Appends of one conversation, one behind the other, that the store can carry out in one step, so that a conversation of
 * which much waits does not take a round trip for each message. One entry alone, whatever it is, is a stretch, too.
 *
 * <p>They keep their ids and their order, so the store recognises them together as it would recognise them one by one.
 *
 * @param entries all accepted, or the only one
 */
record Stretch(List<Waiting> entries) {

    /** Takes 262 ms at 2 Mbit/s, so that even there it gets through within the usual 500 ms of an attempt. */
    static final long MOST_BYTES = 64 << 10;

    /**
     * The longest that begins there.
     *
     * @param queue what waits for the conversation
     * @param first where to begin
     * @param mostMessages how many messages it may have, if it has more than one entry
     */
    static Stretch at(List<Waiting> queue, int first, int mostMessages) {
        int end = first + 1;
        if (queue.get(first).isJoinable()) {
            Retention retention = appendOf(queue.get(first)).retention();
            int room = Math.min(mostMessages, retention.maxMessages().orElse(mostMessages))
                    - queue.get(first).weight();
            long bytes = MOST_BYTES - queue.get(first).sizeInBytes();
            while (end < queue.size() && isNext(queue.get(end), retention)) {
                room -= queue.get(end).weight();
                bytes -= queue.get(end).sizeInBytes();
                if (room < 0 || bytes < 0) {
                    break;
                }
                end++;
            }
        }
        return new Stretch(queue.subList(first, end));
    }

    static Stretch alone(Waiting waiting) {
        return new Stretch(List.of(waiting));
    }

    private static boolean isNext(Waiting waiting, Retention retention) {
        return waiting.isJoinable()
                && waiting.isAccepted()
                && appendOf(waiting).retention().equals(retention);
    }

    private static Append appendOf(Waiting waiting) {
        return ((OutboxEntry.Appended) waiting.entry()).append();
    }

    boolean isJoined() {
        return entries.size() > 1;
    }

    /** What it counts against the limit of messages. */
    int weight() {
        return entries.stream().mapToInt(Waiting::weight).sum();
    }

    /** All of it as one batch; of appends only. */
    OutboxEntry.Appended joined() {
        OutboxEntry head = entries.getFirst().entry();
        List<Message> messages = entries.stream()
                .flatMap(each -> appendOf(each).messages().stream())
                .toList();
        Append append = new Append(
                messages, ExpectedPosition.any(), appendOf(entries.getFirst()).retention());
        return new OutboxEntry.Appended(head.number(), head.conversation(), head.acceptedAt(), append);
    }
}
