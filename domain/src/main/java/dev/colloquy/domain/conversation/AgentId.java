package dev.colloquy.domain.conversation;

import dev.colloquy.domain.error.InvalidValue;
import java.util.regex.Pattern;

/**
 * The name of an agent.
 *
 * @param value 1 to 64 ASCII letters, digits, dots, underscores and hyphens, the first one a letter or a digit; it
 *     holds no colon, so that it can start a store's key
 */
public record AgentId(String value) {

    private static final Pattern ALLOWED = Pattern.compile("[A-Za-z0-9][A-Za-z0-9._-]{0,63}");

    /** @throws InvalidValue if the value is not allowed */
    public AgentId {
        if (!ALLOWED.matcher(value).matches()) {
            throw new InvalidValue("agent", value, "1 to 64 of A-Z a-z 0-9 . _ - beginning with a letter or a digit");
        }
    }

    @Override
    public String toString() {
        return value;
    }
}
