package dev.colloquy.domain.conversation;

import dev.colloquy.domain.error.InvalidValue;

/**
 * Who speaks. The four constants are what most agents need; any other value of the same form is accepted.
 *
 * @param value a lower-case ASCII letter, then up to 31 lower-case letters, digits, underscores or hyphens
 */
public record Role(String value) {

    // Before the constants: they are validated with these while the class is initialised.
    private static final int LONGEST = 32;
    private static final Alphabet FIRST = new Alphabet(Alphabet.LOWER_CASE);
    private static final Alphabet ALLOWED = new Alphabet(Alphabet.LOWER_CASE + Alphabet.DIGITS + "_-");

    /** The agent itself. */
    public static final Role AGENT = new Role("agent");

    /** The person the agent talks with. */
    public static final Role USER = new Role("user");

    /** Instructions to the agent. */
    public static final Role SYSTEM = new Role("system");

    /** What a tool gave back to the agent. */
    public static final Role TOOL = new Role("tool");

    /** @throws InvalidValue if the value is not allowed */
    public Role {
        if (!ALLOWED.covers(value, LONGEST) || !FIRST.has(value.charAt(0))) {
            throw new InvalidValue(
                    "role",
                    value,
                    "agent, user, system, tool or another word of 1 to 32 of a-z 0-9 _ - beginning with a letter");
        }
    }

    /**
     * The role of this name. It is the constant if there is one, so that all messages of a role share it.
     *
     * @throws InvalidValue if the name is not allowed
     */
    public static Role of(String name) {
        return switch (name) {
            case "agent" -> AGENT;
            case "user" -> USER;
            case "system" -> SYSTEM;
            case "tool" -> TOOL;
            default -> new Role(name);
        };
    }

    @Override
    public String toString() {
        return value;
    }
}
