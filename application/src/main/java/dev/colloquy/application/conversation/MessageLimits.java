package dev.colloquy.application.conversation;

import dev.colloquy.domain.conversation.Message;
import dev.colloquy.domain.error.InvalidValue;
import dev.colloquy.domain.error.MessageTooLarge;

/**
 * How large a message may be.
 *
 * @param maxMessageBytes the most UTF-8 bytes of content and metadata together, from 1
 */
public record MessageLimits(int maxMessageBytes) {

    /** 256 KiB. */
    public static final MessageLimits DEFAULT = new MessageLimits(262_144);

    /** @throws InvalidValue if the limit is below 1 */
    public MessageLimits {
        if (maxMessageBytes < 1) {
            throw new InvalidValue("maxMessageBytes", Integer.toString(maxMessageBytes), "1 and above");
        }
    }

    void check(Message message) {
        long size = message.sizeInBytes();
        if (size > maxMessageBytes) {
            throw new MessageTooLarge(size, maxMessageBytes);
        }
    }
}
