package dev.colloquy.domain.error;

import org.jspecify.annotations.Nullable;

/**
 * The store refuses because a limit of its own is reached: a quota, its memory, the size of a request. Nothing was
 * written. Trying again at once does not help; the message says what to do.
 */
public final class StoreLimitReached extends StoreFailure {

    private static final long serialVersionUID = 1L;

    private final boolean ofRequest;

    /**
     * A limit of the whole store, such as its memory.
     *
     * @param message which limit, and what to do about it
     * @param cause the technical cause, or null if there is none
     */
    public StoreLimitReached(String message, @Nullable Throwable cause) {
        this(message, cause, false);
    }

    private StoreLimitReached(String message, @Nullable Throwable cause, boolean ofRequest) {
        super(message, cause);
        this.ofRequest = ofRequest;
    }

    /**
     * A limit of what one request may be.
     *
     * @param message which limit, and what to do about it
     */
    public static StoreLimitReached ofRequest(String message) {
        return new StoreLimitReached(message, null, true);
    }

    /** Whether this request alone is refused, and others are not; else the store takes nothing more for now. */
    public boolean isOfRequest() {
        return ofRequest;
    }
}
