package dev.colloquy.domain.conversation;

import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * A page of a listing.
 *
 * @param conversations the conversations of this page, in no particular order; it may be empty although more pages follow
 * @param next the cursor of the next page, or null if this is the last one; at most {@value PageRequest#LONGEST_CURSOR}
 *     characters, also behind the longest user's name
 */
public record ConversationPage(
        List<ConversationId> conversations, @Nullable String next) {

    public ConversationPage {
        conversations = List.copyOf(conversations);
    }

    /** The cursor of the next page, or empty if this is the last one. */
    public Optional<String> nextCursor() {
        return Optional.ofNullable(next);
    }
}
