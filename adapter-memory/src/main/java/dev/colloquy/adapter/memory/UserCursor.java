package dev.colloquy.adapter.memory;

import dev.colloquy.domain.error.InvalidValue;
import java.nio.charset.StandardCharsets;
import java.util.Base64;

/**
 * The cursor of a listing in the order of the users' names: the last name of the page. It stays right while
 * conversations come and go, because it does not count.
 */
final class UserCursor {

    private UserCursor() {}

    static String after(String user) {
        return Base64.getUrlEncoder().withoutPadding().encodeToString(user.getBytes(StandardCharsets.UTF_8));
    }

    /** @throws InvalidValue if the cursor is not one of these */
    static String userIn(String cursor) {
        String user;
        try {
            user = new String(Base64.getUrlDecoder().decode(cursor), StandardCharsets.UTF_8);
        } catch (IllegalArgumentException notBase64) {
            throw notOurs(cursor);
        }
        if (user.isEmpty() || !after(user).equals(cursor)) {
            throw notOurs(cursor);
        }
        return user;
    }

    private static InvalidValue notOurs(String cursor) {
        return new InvalidValue("cursor", cursor, "a cursor that a listing gave");
    }
}
