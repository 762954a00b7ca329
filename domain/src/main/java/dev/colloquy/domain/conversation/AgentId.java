package dev.colloquy.domain.conversation;

import dev.colloquy.domain.error.InvalidValue;

/**
 * The name of an agent.
 *
 * @param value 1 to 64 ASCII letters, digits, dots, underscores and hyphens, the first one a letter or a digit; it
 *     holds no colon, so that it can start a store's key
 */
public record AgentId(String value) {

    private static final int LONGEST = 64;
    private static final Alphabet FIRST = new Alphabet(Alphabet.LETTERS_AND_DIGITS);
    private static final Alphabet ALLOWED = new Alphabet(Alphabet.LETTERS_AND_DIGITS + "._-");

    /** @throws InvalidValue if the value is not allowed */
    public AgentId {
        if (!ALLOWED.covers(value, LONGEST) || !FIRST.has(value.charAt(0))) {
            throw new InvalidValue("agent", value, "1 to 64 of A-Z a-z 0-9 . _ - beginning with a letter or a digit");
        }
    }

    @Override
    public String toString() {
        return value;
    }
}
