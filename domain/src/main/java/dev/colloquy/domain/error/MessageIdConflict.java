package dev.colloquy.domain.error;

import java.util.Objects;

/**
 * A message id of the batch is known already, but the batch is not a repeat of the one it came with: the content
 * differs, only a part of the batch is known, or the order is another. Nothing was written.
 */
public final class MessageIdConflict extends RuleViolation {

    private static final long serialVersionUID = 1L;

    private final String messageId;

    /**
     * @param messageId the id at fault: that of the message whose content differs, of the first known one behind new ones,
     *     or of the batch's first message if the batch goes on in another way
     * @param reason what differs, without content, as the end of a sentence
     */
    public MessageIdConflict(String messageId, String reason) {
        super("message id \"" + messageId + "\" is known already: " + reason);
        this.messageId = Objects.requireNonNull(messageId);
    }

    /** The id at fault. */
    public String messageId() {
        return messageId;
    }
}
