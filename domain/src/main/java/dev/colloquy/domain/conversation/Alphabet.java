package dev.colloquy.domain.conversation;

/**
 * The ASCII characters that a name may consist of. Names are validated whenever a message is read, and a regular
 * expression made up a tenth of what reading cost.
 */
final class Alphabet {

    static final String DIGITS = "0123456789";
    static final String LOWER_CASE = "abcdefghijklmnopqrstuvwxyz";
    static final String LETTERS_AND_DIGITS = "ABCDEFGHIJKLMNOPQRSTUVWXYZ" + LOWER_CASE + DIGITS;

    private static final int ASCII = 128;

    // A table, and not bits in two numbers: which of the two is a guess that a processor often gets wrong.
    private final boolean[] allowed = new boolean[ASCII];

    Alphabet(String characters) {
        for (int i = 0; i < characters.length(); i++) {
            allowed[characters.charAt(i)] = true;
        }
    }

    boolean has(char c) {
        return c < ASCII && allowed[c];
    }

    /** Whether a text has 1 to {@code longest} characters, all of them of this alphabet. */
    boolean covers(String text, int longest) {
        if (text.isEmpty() || text.length() > longest) {
            return false;
        }
        for (int i = 0; i < text.length(); i++) {
            if (!has(text.charAt(i))) {
                return false;
            }
        }
        return true;
    }
}
