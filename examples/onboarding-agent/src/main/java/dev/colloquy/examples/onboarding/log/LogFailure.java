package dev.colloquy.examples.onboarding.log;

import org.jspecify.annotations.Nullable;

/** The conversation could not be read or kept. The message is for the person at the terminal. */
public final class LogFailure extends RuntimeException {

    private static final long serialVersionUID = 1L;

    LogFailure(String message, @Nullable Throwable cause) {
        super(message, cause);
    }
}
