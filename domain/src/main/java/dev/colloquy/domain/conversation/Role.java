package dev.colloquy.domain.conversation;

import dev.colloquy.domain.error.InvalidValue;
import java.util.regex.Pattern;

/**
 * Who speaks. The four constants are what most agents need; any other value of the same form is accepted.
 *
 * @param value a lower-case ASCII letter, then up to 31 lower-case letters, digits, underscores or hyphens
 */
public record Role(String value) {

    // Before the constants: they are validated with it while the class is initialised.
    private static final Pattern ALLOWED = Pattern.compile("[a-z][a-z0-9_-]{0,31}");

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
        if (!ALLOWED.matcher(value).matches()) {
            throw new InvalidValue(
                    "role",
                    value,
                    "agent, user, system, tool or another word of 1 to 32 of a-z 0-9 _ - beginning with a letter");
        }
    }

    @Override
    public String toString() {
        return value;
    }
}
