package dev.colloquy.domain.conversation;

import dev.colloquy.domain.error.InvalidValue;
import java.util.Objects;

/**
 * A place in a conversation. It holds the message's id beside the sequence number because sequence numbers start again
 * at 1 after a clear.
 *
 * @param sequence the sequence number, from 1
 * @param id the id of the message there
 */
public record Position(long sequence, MessageId id) {

    /** @throws InvalidValue if the sequence number is below 1 */
    public Position {
        if (sequence < 1) {
            throw new InvalidValue("sequence", Long.toString(sequence), "1 and above");
        }
        Objects.requireNonNull(id, "id");
    }

    @Override
    public String toString() {
        return sequence + ":" + id;
    }
}
