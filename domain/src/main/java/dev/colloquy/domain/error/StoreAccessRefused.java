package dev.colloquy.domain.error;

import org.jspecify.annotations.Nullable;

/**
 * The store is there but does not let this process in: a wrong password, a missing permission, a certificate that is
 * not trusted. Trying again does not help until the settings change; the message says which.
 */
public final class StoreAccessRefused extends StoreFailure {

    private static final long serialVersionUID = 1L;

    /**
     * @param message what was refused and which setting to look at, without the credentials
     * @param cause the technical cause, or null if there is none
     */
    public StoreAccessRefused(String message, @Nullable Throwable cause) {
        super(message, cause);
    }
}
