package dev.colloquy.domain.conversation;

import dev.colloquy.domain.error.InvalidValue;
import java.util.regex.Pattern;

/**
 * The name of a message, unique within its conversation. It is what makes an append repeatable: appending the same id
 * again never adds a second message.
 *
 * @param value 1 to 128 of the ASCII letters, digits and {@code . _ : @ / + = ~ -}
 */
public record MessageId(String value) {

    private static final Pattern ALLOWED = Pattern.compile("[A-Za-z0-9._:@/+=~-]{1,128}");

    /** @throws InvalidValue if the value is not allowed */
    public MessageId {
        if (!ALLOWED.matcher(value).matches()) {
            throw new InvalidValue("id", value, "1 to 128 of A-Z a-z 0-9 . _ : @ / + = ~ -");
        }
    }

    @Override
    public String toString() {
        return value;
    }
}
