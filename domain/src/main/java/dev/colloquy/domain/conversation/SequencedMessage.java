package dev.colloquy.domain.conversation;

import dev.colloquy.domain.error.InvalidValue;
import java.util.Objects;

/**
 * A message with its place in the conversation.
 *
 * @param sequence its sequence number, from 1
 * @param message the message
 */
public record SequencedMessage(long sequence, Message message) {

    /** @throws InvalidValue if the sequence number is below 1 */
    public SequencedMessage {
        if (sequence < 1) {
            throw new InvalidValue("sequence", Long.toString(sequence), "1 and above");
        }
        Objects.requireNonNull(message, "message");
    }

    /** Who said it. */
    public Role role() {
        return message.role();
    }

    /** What was said. */
    public String content() {
        return message.content();
    }

    /** Where the message stands. */
    public Position position() {
        return new Position(sequence, message.id());
    }
}
