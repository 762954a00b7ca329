package dev.colloquy.benchmarks.contestant;

import java.util.List;

/**
 * A way to keep conversations, used as its users use it. Safe for any number of threads in the sense that it can be
 * called from them; whether messages get lost then is the contestant's own affair.
 */
public interface Contestant extends AutoCloseable {

    /** A week, in seconds: every contestant that can, keeps messages for so long. */
    long WEEK = 604_800;

    /** How many messages the contestants with a window keep. */
    int WINDOW = 20;

    /** Appends one message. */
    void append(String user, Said said);

    /** Appends the two messages of a turn, in one step where the contestant knows such a step. */
    void appendTurn(String user, Said question, Said answer);

    /** Reads the latest messages as objects and says how many there were, at most {@code count}. */
    int readLast(String user, int count);

    /** Makes a new conversation hold so many messages; not measured, so in the quickest way there is. */
    void seed(String user, List<Said> messages);

    /** Whether the conversations are in Redis, so that emptying that server empties the contestant. */
    default boolean keepsItInRedis() {
        return true;
    }

    /** Forgets everything that is not in Redis. */
    default void forget() {}

    @Override
    void close();
}
