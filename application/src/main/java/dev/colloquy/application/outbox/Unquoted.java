package dev.colloquy.application.outbox;

import dev.colloquy.domain.error.ColloquyException;

/** Errors as they may stand in a log. The text of our own is free of content; what others quote nobody knows. */
final class Unquoted {

    // More than any error has; causes may form a circle.
    private static final int MOST_CAUSES = 20;

    private Unquoted() {}

    /** Why something failed: what our own error says, or else the error's class. */
    static String reason(RuntimeException error) {
        return error instanceof ColloquyException
                ? String.valueOf(error.getMessage())
                : error.getClass().getName();
    }

    /** The error's class and frames, and those of its first 20 causes, without their messages. */
    static Throwable of(Throwable error) {
        return of(error, MOST_CAUSES);
    }

    private static Throwable of(Throwable error, int causes) {
        Throwable cause = causes == 0 ? null : error.getCause();
        Throwable bare = new Throwable(error.getClass().getName(), cause == null ? null : of(cause, causes - 1));
        bare.setStackTrace(error.getStackTrace());
        return bare;
    }
}
