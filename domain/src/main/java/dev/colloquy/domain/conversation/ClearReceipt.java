package dev.colloquy.domain.conversation;

/** What a clear gives back. */
public enum ClearReceipt {
    /** The conversation is gone from the store. */
    CLEARED,
    /** The store is unavailable; the clear waits in the outbox, and this process shows the conversation as empty. */
    ACCEPTED
}
