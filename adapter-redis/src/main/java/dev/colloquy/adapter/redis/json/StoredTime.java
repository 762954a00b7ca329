package dev.colloquy.adapter.redis.json;

import java.time.DateTimeException;
import java.time.Instant;
import java.time.LocalDate;

/**
 * Reads and writes the times of stored messages. They look as {@link Instant#toString} has them, {@code
 * 2026-11-23T12:00:00.123Z}. The JDK's general parser took a third of what reading a conversation cost, its formatter a
 * third of what writing a message did.
 */
final class StoredTime {

    private static final int SECONDS_END = 19;
    private static final int NANO_DIGITS = 9;
    private static final int SECONDS_PER_DAY = 86_400;
    private static final int NANOS_PER_MILLI = 1_000_000;
    private static final int NANOS_PER_MICRO = 1_000;

    /** Messages are written in the second in which they are said, so most share it with the one before. */
    private static volatile Second latest = Second.of(0);

    private record Second(long epoch, String text) {

        static Second of(long epoch) {
            String text = Instant.ofEpochSecond(epoch).toString();
            return new Second(epoch, text.substring(0, text.length() - 1));
        }
    }

    private StoredTime() {}

    /**
     * The instant, as {@link Instant#parse} would read it.
     *
     * @throws DateTimeException if the text is no instant
     */
    static Instant parse(String text) {
        int end = text.length() - 1;
        if (!isUsual(text, end)) {
            return Instant.parse(text);
        }
        int hour = number(text, 11, 13);
        int minute = number(text, 14, 16);
        int second = number(text, 17, SECONDS_END);
        if (hour > 23 || minute > 59 || second > 59) {
            return Instant.parse(text);
        }
        long day = LocalDate.of(number(text, 0, 4), number(text, 5, 7), number(text, 8, 10))
                .toEpochDay();
        int nanos = 0;
        if (end > SECONDS_END) {
            nanos = number(text, SECONDS_END + 1, end);
            for (int digits = end - SECONDS_END - 1; digits < NANO_DIGITS; digits++) {
                nanos *= 10;
            }
        }
        return Instant.ofEpochSecond(day * SECONDS_PER_DAY + hour * 3600L + minute * 60L + second, nanos);
    }

    /** Adds the instant as {@link Instant#toString} would write it. */
    static void append(Instant time, StringBuilder text) {
        Second second = latest;
        if (second.epoch != time.getEpochSecond()) {
            second = Second.of(time.getEpochSecond());
            latest = second;
        }
        text.append(second.text);
        int nanos = time.getNano();
        if (nanos % NANOS_PER_MICRO != 0) {
            appendFraction(nanos, 1_000_000_000, text);
        } else if (nanos % NANOS_PER_MILLI != 0) {
            appendFraction(nanos / NANOS_PER_MICRO, 1_000_000, text);
        } else if (nanos != 0) {
            appendFraction(nanos / NANOS_PER_MILLI, 1_000, text);
        }
        text.append('Z');
    }

    /** Adds a point and the digits of this many parts; the digit in front of them, the whole, gives its place to the point. */
    private static void appendFraction(int parts, int whole, StringBuilder text) {
        int at = text.length();
        text.append(whole + parts).setCharAt(at, '.');
    }

    /** Whether it is a year of four digits, and everything at its place up to the Z. */
    private static boolean isUsual(String text, int end) {
        if (end != SECONDS_END && (end < SECONDS_END + 2 || end > SECONDS_END + 1 + NANO_DIGITS)) {
            return false;
        }
        for (int i = 0; i < end; i++) {
            boolean fits = switch (i) {
                case 4, 7 -> text.charAt(i) == '-';
                case 10 -> text.charAt(i) == 'T';
                case 13, 16 -> text.charAt(i) == ':';
                case SECONDS_END -> text.charAt(i) == '.';
                default -> text.charAt(i) >= '0' && text.charAt(i) <= '9';
            };
            if (!fits) {
                return false;
            }
        }
        return text.charAt(end) == 'Z';
    }

    private static int number(String text, int from, int to) {
        int number = 0;
        for (int i = from; i < to; i++) {
            number = number * 10 + text.charAt(i) - '0';
        }
        return number;
    }
}
