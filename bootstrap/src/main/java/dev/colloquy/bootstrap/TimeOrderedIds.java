package dev.colloquy.bootstrap;

import static java.nio.charset.StandardCharsets.ISO_8859_1;
import static java.nio.charset.StandardCharsets.US_ASCII;

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

    private static final byte[] DIGITS = "0123456789ABCDEFGHJKMNPQRSTVWXYZ".getBytes(US_ASCII);
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
        byte[] id = new byte[TIME_DIGITS + 2 * HALF_DIGITS];
        write(clock.millis(), id, 0, TIME_DIGITS);
        write(first, id, TIME_DIGITS, HALF_DIGITS);
        write(second, id, TIME_DIGITS + HALF_DIGITS, HALF_DIGITS);
        return new MessageId(new String(id, ISO_8859_1));
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

    private static void write(long bits, byte[] id, int from, int digits) {
        long left = bits;
        for (int i = from + digits - 1; i >= from; i--) {
            id[i] = DIGITS[(int) left & 31];
            left >>>= 5;
        }
    }
}
