package dev.colloquy.domain.conversation;

import dev.colloquy.domain.error.InvalidValue;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * Which page of a listing.
 *
 * @param cursor what the page before gave as its next cursor, at most {@value #LONGEST_CURSOR} characters, or null for
 *     the first page
 * @param limit about how many conversations, 1 to 1000
 */
public record PageRequest(@Nullable String cursor, int limit) {

    /** The largest limit. */
    public static final int MOST = 1000;

    /** The most characters of a cursor. */
    public static final int LONGEST_CURSOR = 2048;

    /** @throws InvalidValue if the limit is out of range or the cursor too long */
    public PageRequest {
        if (limit < 1 || limit > MOST) {
            throw new InvalidValue("limit", Integer.toString(limit), "1 to 1000");
        }
        if (cursor != null && cursor.length() > LONGEST_CURSOR) {
            throw new InvalidValue("cursor", cursor, "a cursor that a listing gave");
        }
    }

    /** The first page. */
    public static PageRequest first(int limit) {
        return new PageRequest(null, limit);
    }

    /** The page behind the cursor. */
    public PageRequest after(String next) {
        return new PageRequest(next, limit);
    }

    /** What the page before gave, or empty for the first page. */
    public Optional<String> from() {
        return Optional.ofNullable(cursor);
    }
}
