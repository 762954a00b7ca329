package dev.colloquy.examples.onboarding.log;

import org.jspecify.annotations.Nullable;

/** The conversation could not be read or kept. The message is for the person at the terminal. */
public final class LogFailure extends RuntimeException {

    private static final long serialVersionUID = 1L;

    private final boolean mayPass;

    private LogFailure(String message, @Nullable Throwable cause, boolean mayPass) {
        super(message, cause);
        this.mayPass = mayPass;
    }

    /** One that is perhaps over when the person tries again. */
    static LogFailure passing(String message, @Nullable Throwable cause) {
        return new LogFailure(message, cause, true);
    }

    /** One that stays until something is mended, such as what the person or the settings say. */
    static LogFailure lasting(String message, @Nullable Throwable cause) {
        return new LogFailure(message, cause, false);
    }

    /** Whether it is worth trying again without a change. */
    public boolean mayPass() {
        return mayPass;
    }
}
