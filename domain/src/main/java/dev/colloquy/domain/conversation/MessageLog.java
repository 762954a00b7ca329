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

    static final MessageLog EMPTY = new MessageLog(new Slots(0), 0, 0, 0, 0);

    private static final int SMALLEST = 4;

    private final Slots slots;
    private final int start;
    private final int end;
    // Of its own messages, and of all that its array refers to: dropped ones are free when the array is copied.
    private final long ownBytes;
    private final long heldBytes;

    private MessageLog(Slots slots, int start, int end, long ownBytes, long heldBytes) {
        this.slots = slots;
        this.start = start;
        this.end = end;
        this.ownBytes = ownBytes;
        this.heldBytes = heldBytes;
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

    /** About how many bytes of heap it takes, with the dropped messages that are not free yet. */
    long heapBytes() {
        return heldBytes + (long) HeapSize.SLOT * slots.messages.length;
    }

    /** This list with more at its end and so many fewer at its start, at most as many as it holds. */
    MessageLog append(List<SequencedMessage> more, int dropped) {
        long added = HeapSize.of(more);
        MessageLog base = withRoomFor(more.size(), dropped);
        base.slots.write(base.end, more);
        int newEnd = base.end + more.size();
        return new MessageLog(base.slots, base.start, newEnd, base.ownBytes + added, base.heldBytes + added);
    }

    private MessageLog withRoomFor(int more, int dropped) {
        long kept = ownBytes;
        for (int i = 0; i < dropped; i++) {
            kept -= HeapSize.of(get(i));
        }
        if (end + more <= slots.messages.length && slots.claim(end, end + more)) {
            return new MessageLog(slots, start + dropped, end, kept, heldBytes);
        }
        return copyWithRoomFor(more, dropped, kept);
    }

    private MessageLog copyWithRoomFor(int more, int dropped, long keptBytes) {
        int kept = size() - dropped;
        Slots larger = new Slots(Math.max(SMALLEST, (kept + more) * 3 / 2));
        System.arraycopy(slots.messages, start + dropped, larger.messages, 0, kept);
        System.arraycopy(slots.idHashes, start + dropped, larger.idHashes, 0, kept);
        larger.claim(0, kept + more);
        return new MessageLog(larger, 0, kept, keptBytes, keptBytes);
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
