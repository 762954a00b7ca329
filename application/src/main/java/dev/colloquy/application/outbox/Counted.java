package dev.colloquy.application.outbox;

/** Numbers of things in texts for people. */
final class Counted {

    private Counted() {}

    /** How many there are, such as "1 message" or "2 messages"; the thing is named in the singular. */
    static String of(long count, String thing) {
        return count + " " + thing + (count == 1 ? "" : "s");
    }
}
