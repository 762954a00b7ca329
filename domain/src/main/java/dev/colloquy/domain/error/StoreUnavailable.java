package dev.colloquy.domain.error;

import org.jspecify.annotations.Nullable;

/**
 * The store cannot be reached or did not answer in time. Trying again later can help; an append may be tried again
 * with the same message ids, which never doubles a message, even if the first attempt arrived after all.
 */
public final class StoreUnavailable extends StoreFailure {

    private static final long serialVersionUID = 1L;

    /**
     * @param message what happened, without credentials and content
     * @param cause the technical cause, or null if there is none
     */
    public StoreUnavailable(String message, @Nullable Throwable cause) {
        super(message, cause);
    }
}
