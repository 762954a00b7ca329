package dev.colloquy.domain.conversation;

import java.util.Arrays;
import java.util.List;
import java.util.concurrent.atomic.AtomicInteger;

/**
 * An immutable list of messages that grows at the end without copying what it holds.
 *
 * <p>Versions share one array: each sees the slots up to its own end, and a slot is written once, by the version that
 * claimed it. Appending to the newest version is therefore cheap; appending to an older one finds the slots claimed and
 * copies. Safe for any number of threads.
 */
final class MessageLog {

    static final MessageLog EMPTY = new MessageLog(new Slots(0), 0, 0);

    private static final int SMALLEST = 4;

    private final Slots slots;
    private final int start;
    private final int end;

    private MessageLog(Slots slots, int start, int end) {
        this.slots = slots;
        this.start = start;
        this.end = end;
    }

    int size() {
        return end - start;
    }

    SequencedMessage get(int index) {
        return slots.messages[start + index];
    }

    /** A copy of the messages from one index (inclusive) to another (exclusive). */
    List<SequencedMessage> copy(int from, int to) {
        return List.of(Arrays.copyOfRange(slots.messages, start + from, start + to));
    }

    /** The index of the message with this id among the last ones, or -1. */
    int lastIndexOf(MessageId id, int horizon) {
        int hash = id.hashCode();
        for (int slot = end - 1; slot >= Math.max(start, end - horizon); slot--) {
            if (slots.idHashes[slot] == hash
                    && slots.messages[slot].message().id().equals(id)) {
                return slot - start;
            }
        }
        return -1;
    }

    /** This list with more at its end and so many fewer at its start, at most as many as it holds. */
    MessageLog append(List<SequencedMessage> more, int dropped) {
        boolean fits = end + more.size() <= slots.messages.length && slots.claim(end, end + more.size());
        MessageLog base = fits ? new MessageLog(slots, start + dropped, end) : copyWithRoomFor(more.size(), dropped);
        base.slots.write(base.end, more);
        return new MessageLog(base.slots, base.start, base.end + more.size());
    }

    private MessageLog copyWithRoomFor(int more, int dropped) {
        int kept = size() - dropped;
        Slots larger = new Slots(Math.max(SMALLEST, (kept + more) * 3 / 2));
        System.arraycopy(slots.messages, start + dropped, larger.messages, 0, kept);
        System.arraycopy(slots.idHashes, start + dropped, larger.idHashes, 0, kept);
        larger.claim(0, kept + more);
        return new MessageLog(larger, 0, kept);
    }

    private static final class Slots {

        private final SequencedMessage[] messages;
        // Beside the messages, so that looking for an id walks one small array instead of many objects.
        private final int[] idHashes;
        private final AtomicInteger claimed = new AtomicInteger();

        private Slots(int capacity) {
            messages = new SequencedMessage[capacity];
            idHashes = new int[capacity];
        }

        private boolean claim(int from, int to) {
            return claimed.compareAndSet(from, to);
        }

        private void write(int from, List<SequencedMessage> more) {
            int slot = from;
            for (SequencedMessage message : more) {
                messages[slot] = message;
                idHashes[slot] = message.message().id().hashCode();
                slot++;
            }
        }
    }
}
