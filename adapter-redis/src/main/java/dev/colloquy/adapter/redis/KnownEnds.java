package dev.colloquy.adapter.redis;

import dev.colloquy.domain.conversation.MessageRange;
import dev.colloquy.domain.conversation.SequencedMessage;
import java.time.Duration;
import java.util.Iterator;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicLong;
import java.util.concurrent.locks.ReentrantLock;
import java.util.function.LongSupplier;

/**
 * The ends of conversations as they were read last, so that the next read has to fetch only what is new. Nothing of it is
 * shown before Redis has said that it still stands there. Bounded by an estimate of its memory: when that is reached, the
 * conversations go in no particular order, but each in its turn.
 *
 * <p>Safe for any number of threads.
 */
final class KnownEnds {

    /** So long somebody who changes an element inside Redis may have to wait until every process shows it. */
    static final Duration LONGEST = Duration.ofMinutes(5);

    /** About what a message costs beside its text, and a conversation beside its messages. */
    private static final int OVERHEAD = 320;

    /**
     * The end of a conversation, or all of it.
     *
     * @param mark how the element of the last message begins ({@link NewRead} says when no other does)
     * @param messages the last messages, oldest first, at least one
     * @param readNanos when they were read whole
     * @param bytes about how much memory it takes
     */
    record End(String mark, List<SequencedMessage> messages, long readNanos, long bytes) {

        private End(String mark, List<SequencedMessage> messages, long readNanos) {
            this(mark, messages, readNanos, weigh(mark, messages));
        }

        long last() {
            return messages.getLast().sequence();
        }

        boolean isWhole() {
            return messages.getFirst().sequence() == 1;
        }

        boolean covers(MessageRange range) {
            return isWhole() || (range instanceof MessageRange.Last(int count) && count <= messages.size());
        }

        private static long weigh(String mark, List<SequencedMessage> messages) {
            long characters = mark.length();
            for (SequencedMessage message : messages) {
                characters += message.content().length();
                for (Map.Entry<String, String> entry :
                        message.message().metadata().entrySet()) {
                    characters += entry.getKey().length() + entry.getValue().length() + OVERHEAD / 4;
                }
            }
            return OVERHEAD * (1L + messages.size()) + 2 * characters;
        }
    }

    private final long mostBytes;
    private final LongSupplier nanoTime;
    private final Map<String, End> ends = new ConcurrentHashMap<>();
    private final AtomicLong bytes = new AtomicLong();
    private final ReentrantLock sweeping = new ReentrantLock();
    private Iterator<String> sweep = ends.keySet().iterator();

    /**
     * @param mostBytes about how much memory to use
     * @param nanoTime as {@link System#nanoTime()}
     */
    KnownEnds(long mostBytes, LongSupplier nanoTime) {
        this.mostBytes = mostBytes;
        this.nanoTime = nanoTime;
    }

    /** A sixteenth of the heap, and at most 64 MiB. */
    static long usualBytes() {
        return Math.min(Runtime.getRuntime().maxMemory() / 16, 64L << 20);
    }

    /** What is known for this key, if it is enough for the range and not too old. */
    Optional<End> find(String key, MessageRange range) {
        return Optional.ofNullable(ends.get(key))
                .filter(end -> end.covers(range))
                .filter(end -> nanoTime.getAsLong() - end.readNanos() < LONGEST.toNanos());
    }

    /** Remembers messages that were read whole. */
    void read(String key, String mark, List<SequencedMessage> messages) {
        put(key, new End(mark, messages, nanoTime.getAsLong()));
    }

    /** Remembers an end that has become longer. */
    void grown(String key, String mark, List<SequencedMessage> messages, End before) {
        put(key, new End(mark, messages, before.readNanos()));
    }

    void forget(String key) {
        End end = ends.remove(key);
        if (end != null) {
            bytes.addAndGet(-end.bytes());
        }
    }

    private void put(String key, End end) {
        if (end.bytes() > mostBytes / 2) {
            forget(key);
            return;
        }
        End before = ends.put(key, end);
        long now = bytes.addAndGet(end.bytes() - (before == null ? 0 : before.bytes()));
        if (now > mostBytes) {
            makeRoom();
        }
    }

    private void makeRoom() {
        if (!sweeping.tryLock()) {
            return;
        }
        try {
            while (bytes.get() > mostBytes && !ends.isEmpty()) {
                if (!sweep.hasNext()) {
                    sweep = ends.keySet().iterator();
                }
                if (sweep.hasNext()) {
                    forget(sweep.next());
                }
            }
        } finally {
            sweeping.unlock();
        }
    }
}
