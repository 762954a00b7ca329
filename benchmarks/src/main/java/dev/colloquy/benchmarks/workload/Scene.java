package dev.colloquy.benchmarks.workload;

import dev.colloquy.benchmarks.contestant.Said;
import java.util.List;

/**
 * The conversations that a round begins with.
 *
 * @param conversations how many there are, from 1
 * @param length how many messages each has, from 1
 * @param bytes how long each message is, those that are appended too
 */
public record Scene(int conversations, int length, int bytes) {

    /** Short messages in conversations as long as the windows of the peers. */
    public static final Scene USUAL = new Scene(1000, 20, 100);

    /** The same with long messages. */
    public static final Scene LONG_MESSAGES = new Scene(1000, 20, 4096);

    /** What each conversation begins with. */
    List<Said> messages() {
        return Said.conversation(length, bytes);
    }
}
