package dev.colloquy.domain.error;

import org.jspecify.annotations.Nullable;

/**
 * The store refuses because a limit of its own is reached: a quota, its memory, the size of a request. Nothing was
 * written. Trying again at once does not help; the message says what to do.
 */
public final class StoreLimitReached extends StoreFailure {

    private static final long serialVersionUID = 1L;

    /**
     * @param message which limit, and what to do about it
     * @param cause the technical cause, or null if there is none
     */
    public StoreLimitReached(String message, @Nullable Throwable cause) {
        super(message, cause);
    }
}
