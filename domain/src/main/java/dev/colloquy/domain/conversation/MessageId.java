package dev.colloquy.domain.conversation;

import dev.colloquy.domain.error.InvalidValue;

/**
 * The name of a message, unique within its conversation. It is what makes an append repeatable: appending the same id
 * again never adds a second message. Ids that differ in case only are different ids.
 *
 * @param value 1 to 128 of the ASCII letters, digits and {@code . _ : @ / + = ~ -}
 */
public record MessageId(String value) {

    private static final int LONGEST = 128;
    private static final Alphabet ALLOWED = new Alphabet(Alphabet.LETTERS_AND_DIGITS + "._:@/+=~-");

    /** @throws InvalidValue if the value is not allowed */
    public MessageId {
        if (!isAllowed(value)) {
            throw new InvalidValue("id", value, "1 to 128 of A-Z a-z 0-9 . _ : @ / + = ~ -");
        }
    }

    /** Whether a text may be an id. */
    public static boolean isAllowed(String text) {
        return ALLOWED.covers(text, LONGEST);
    }

    @Override
    public String toString() {
        return value;
    }
}
