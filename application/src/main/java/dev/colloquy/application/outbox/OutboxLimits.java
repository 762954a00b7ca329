package dev.colloquy.application.outbox;

import dev.colloquy.domain.error.OutboxFull;
import java.time.Duration;
import java.util.concurrent.atomic.AtomicLong;

/** How full the outbox is. Changed under the outbox's lock, read without. */
final class OutboxLimits {

    // The store being back is noticed well within this time; trying earlier is of little use.
    private static final Duration RETRY_AFTER = Duration.ofSeconds(3);

    private final int maxMessages;
    private final long maxBytes;
    private final AtomicLong messages = new AtomicLong();
    private final AtomicLong bytes = new AtomicLong();
    private final AtomicLong refused = new AtomicLong();
    private volatile boolean full;

    OutboxLimits(OutboxSettings settings) {
        maxMessages = settings.maxMessages();
        maxBytes = settings.maxBytes();
    }

    long messages() {
        return messages.get();
    }

    long bytes() {
        return bytes.get();
    }

    long refused() {
        return refused.get();
    }

    /** Whether something found no room, and nothing has left since. */
    boolean isFull() {
        return full;
    }

    void countRefused() {
        refused.incrementAndGet();
    }

    void requireRoomFor(Waiting waiting) {
        if (messages.get() + waiting.weight() > maxMessages) {
            throw refusal("at most " + maxMessages + " messages");
        }
        if (bytes.get() + waiting.sizeInBytes() > maxBytes) {
            throw refusal("at most " + maxBytes + " bytes");
        }
    }

    private OutboxFull refusal(String limit) {
        full = true;
        countRefused();
        return new OutboxFull(limit, RETRY_AFTER);
    }

    void add(Waiting waiting) {
        messages.addAndGet(waiting.weight());
        bytes.addAndGet(waiting.sizeInBytes());
    }

    void remove(Waiting waiting) {
        messages.addAndGet(-waiting.weight());
        bytes.addAndGet(-waiting.sizeInBytes());
        full = false;
    }
}
