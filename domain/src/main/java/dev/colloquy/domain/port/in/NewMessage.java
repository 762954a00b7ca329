package dev.colloquy.domain.port.in;

import dev.colloquy.domain.conversation.MessageId;
import dev.colloquy.domain.conversation.Role;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * A message that a caller wants to save. What is allowed, {@link dev.colloquy.domain.conversation.Message} says; that is
 * looked at when it is saved.
 *
 * @param id the caller's own id, which makes the call repeatable; or null to have one made
 * @param role who said it
 * @param content what was said
 * @param metadata what the caller wants to keep with it
 */
public record NewMessage(@Nullable MessageId id, Role role, String content, Map<String, String> metadata) {

    public NewMessage {
        Objects.requireNonNull(role, "role");
        Objects.requireNonNull(content, "content");
        Objects.requireNonNull(metadata, "metadata");
    }

    /** A message without metadata whose id is made when it is saved. */
    public static NewMessage of(Role role, String content) {
        return new NewMessage(null, role, content, Map.of());
    }

    /** The caller's own id, if there is one. */
    public Optional<MessageId> givenId() {
        return Optional.ofNullable(id);
    }

    /** Without content and metadata, so that it gives nothing away in a log line. */
    @Override
    public String toString() {
        return "NewMessage[id=" + id + ", role=" + role + "]";
    }
}
