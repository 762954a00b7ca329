package dev.colloquy.bootstrap;

import dev.colloquy.application.conversation.MessageIdSource;
import dev.colloquy.domain.conversation.MessageId;
import java.security.SecureRandom;
import java.time.InstantSource;
import java.util.concurrent.locks.ReentrantLock;

/**
 * Ids of 26 characters in the form of a ULID: 48 bits of time in milliseconds, so that ids sort roughly by time, then
 * 80 bits that nobody can guess. Ids of the same millisecond are in no particular order. Safe for any thread.
 */
final class TimeOrderedIds implements MessageIdSource {

    private static final String DIGITS = "0123456789ABCDEFGHJKMNPQRSTVWXYZ";
    private static final int TIME_DIGITS = 10;
    private static final int HALF_DIGITS = 8;
    private static final int HALF_BYTES = 5;

    private final InstantSource clock;
    private final SecureRandom random = new SecureRandom();
    private final ReentrantLock lock = new ReentrantLock();

    // Drawn in blocks, as each call to the operating system costs more than an id.
    private final byte[] drawn = new byte[2 * HALF_BYTES * 256];
    private int used = drawn.length;

    TimeOrderedIds(InstantSource clock) {
        this.clock = clock;
    }

    @Override
    public MessageId next() {
        long first;
        long second;
        lock.lock();
        try {
            if (used == drawn.length) {
                random.nextBytes(drawn);
                used = 0;
            }
            first = draw();
            second = draw();
        } finally {
            lock.unlock();
        }
        StringBuilder id = new StringBuilder(TIME_DIGITS + 2 * HALF_DIGITS);
        append(id, clock.millis(), TIME_DIGITS);
        append(id, first, HALF_DIGITS);
        append(id, second, HALF_DIGITS);
        return new MessageId(id.toString());
    }

    /** The next 40 bits, which are then forgotten. */
    private long draw() {
        long bits = 0;
        for (int i = 0; i < HALF_BYTES; i++) {
            bits = (bits << 8) | (drawn[used] & 0xff);
            drawn[used++] = 0;
        }
        return bits;
    }

    private static void append(StringBuilder id, long bits, int digits) {
        for (int i = digits - 1; i >= 0; i--) {
            id.append(DIGITS.charAt((int) (bits >>> (5 * i)) & 31));
        }
    }
}
