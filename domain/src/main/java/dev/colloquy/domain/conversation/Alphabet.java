package dev.colloquy.domain.conversation;

/**
 * The ASCII characters that a name may consist of. Names are validated whenever a message is read, and a regular
 * expression made up a tenth of what reading cost.
 */
final class Alphabet {

    static final String DIGITS = "0123456789";
    static final String LOWER_CASE = "abcdefghijklmnopqrstuvwxyz";
    static final String LETTERS_AND_DIGITS = "ABCDEFGHIJKLMNOPQRSTUVWXYZ" + LOWER_CASE + DIGITS;

    // One bit for each character.
    private final long lower;
    private final long upper;

    Alphabet(String characters) {
        long below64 = 0;
        long from64 = 0;
        for (int i = 0; i < characters.length(); i++) {
            char c = characters.charAt(i);
            if (c < 64) {
                below64 |= 1L << c;
            } else {
                from64 |= 1L << (c - 64);
            }
        }
        lower = below64;
        upper = from64;
    }

    boolean has(char c) {
        return c < 64 ? (lower >>> c & 1) == 1 : c < 128 && (upper >>> (c - 64) & 1) == 1;
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
