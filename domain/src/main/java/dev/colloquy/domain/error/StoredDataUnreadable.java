package dev.colloquy.domain.error;

import java.util.Objects;
import org.jspecify.annotations.Nullable;

/**
 * The store holds something that is not a message. Trying again does not help: somebody has to look at the data. The
 * message names the conversation and the place, never what is stored there.
 */
public final class StoredDataUnreadable extends StoreFailure {

    private static final long serialVersionUID = 1L;

    private final String conversation;

    /**
     * @param conversation the conversation's name, {@code agent:user}
     * @param detail which element and what is wrong with it, without its content
     * @param cause the technical cause if it does not quote the data, or null
     */
    public StoredDataUnreadable(String conversation, String detail, @Nullable Throwable cause) {
        super("conversation " + conversation + " cannot be read: " + detail, cause);
        this.conversation = Objects.requireNonNull(conversation);
    }

    /** The name of the conversation. */
    public String conversation() {
        return conversation;
    }
}
