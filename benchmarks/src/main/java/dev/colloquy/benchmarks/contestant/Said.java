package dev.colloquy.benchmarks.contestant;

import java.util.Collections;
import java.util.List;

/**
 * A message without anything that only some contestants keep.
 *
 * @param byUser whether the user said it; otherwise the agent did
 * @param content what was said
 */
public record Said(boolean byUser, String content) {

    /** What the user says, so many bytes of it. */
    public static Said question(int bytes) {
        return new Said(true, text(bytes));
    }

    /** What the agent answers, so many bytes of it. */
    public static Said answer(int bytes) {
        return new Said(false, text(bytes));
    }

    /** So many messages, each of so many bytes. */
    public static List<Said> conversation(int messages, int bytes) {
        return Collections.nCopies(messages, question(bytes));
    }

    private static String text(int bytes) {
        String words = "Tell me what the weather will be like in Lisbon on the first Sunday of next month, please. ";
        return words.repeat(bytes / words.length() + 1).substring(0, bytes);
    }
}
