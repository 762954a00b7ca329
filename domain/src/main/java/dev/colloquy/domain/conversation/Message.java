package dev.colloquy.domain.conversation;

import dev.colloquy.domain.error.InvalidValue;
import java.time.Instant;
import java.util.Map;
import java.util.Objects;

/**
 * One thing said. Immutable and safe to share between threads.
 *
 * @param id its name, unique within the conversation
 * @param role who said it
 * @param content what was said: any text that UTF-8 can carry, also the empty one; its size is limited where messages
 *     are accepted, not here
 * @param at when it was said
 * @param metadata what the caller wants to keep with it, at most 64 entries; keys have 1 to 128 characters (code
 *     points), the size of values is limited with that of the content. Copied; the order of the entries has no meaning
 */
public record Message(MessageId id, Role role, String content, Instant at, Map<String, String> metadata) {

    private static final int MOST_METADATA = 64;
    private static final int LONGEST_KEY = 128;

    /** @throws InvalidValue if content or metadata are not allowed */
    public Message {
        Objects.requireNonNull(id, "id");
        Objects.requireNonNull(role, "role");
        Objects.requireNonNull(at, "at");
        Text.requireEncodable("content", content);
        // Before the copy, which takes minutes if somebody has sent very many keys that have one hash code.
        requireFew(metadata.size());
        metadata = Map.copyOf(metadata);
        requireFew(metadata.size());
        metadata.forEach(Message::requireEntry);
    }

    /** A message without metadata. */
    public Message(MessageId id, Role role, String content, Instant at) {
        this(id, role, content, at, Map.of());
    }

    /**
     * Whether the other one carries the same id, role, content and metadata. The time is left out: somebody who
     * repeats a call does so a little later.
     */
    public boolean repeats(Message other) {
        return id.equals(other.id)
                && role.equals(other.role)
                && content.equals(other.content)
                && metadata.equals(other.metadata);
    }

    /** The size of content and metadata in UTF-8 bytes. */
    public long sizeInBytes() {
        long size = Text.utf8Length(content);
        for (Map.Entry<String, String> entry : metadata.entrySet()) {
            size += Text.utf8Length(entry.getKey()) + Text.utf8Length(entry.getValue());
        }
        return size;
    }

    /** Without content and metadata, so that a message in a log line gives nothing away. */
    @Override
    public String toString() {
        return "Message[id=" + id + ", role=" + role + ", at=" + at + "]";
    }

    private static void requireFew(int entries) {
        if (entries > MOST_METADATA) {
            throw new InvalidValue("metadata", entries + " entries", "at most 64 entries");
        }
    }

    private static void requireEntry(String key, String value) {
        Text.requireEncodable("metadata", key);
        Text.requireEncodable("metadata", value);
        int length = key.codePointCount(0, key.length());
        if (length < 1 || length > LONGEST_KEY) {
            throw new InvalidValue("metadata", "a key of " + length + " characters", "keys of 1 to 128 characters");
        }
    }
}
