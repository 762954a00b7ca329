package dev.colloquy.domain.error;

import java.util.Objects;

/** A conditional append found another last position than the expected one. Nothing was written. */
public final class ConversationChanged extends StoreFailure {

    private static final long serialVersionUID = 1L;

    private final String conversation;

    /**
     * @param conversation the conversation's name, {@code agent:user}
     * @param expected the expected last position, for the message
     * @param actual the last position found, for the message
     */
    public ConversationChanged(String conversation, String expected, String actual) {
        super("conversation " + conversation + " ends at " + actual + ", not at " + expected, null);
        this.conversation = Objects.requireNonNull(conversation);
    }

    /** The name of the conversation. */
    public String conversation() {
        return conversation;
    }
}
