package dev.colloquy.application.outbox;

/** Errors as they may stand in a log: where they come from, and nothing that they may quote. */
final class Unquoted {

    private Unquoted() {}

    /** The error's class and frames, and those of its causes, without their messages. */
    static Throwable of(Throwable error) {
        Throwable cause = error.getCause();
        Throwable bare = new Throwable(error.getClass().getName(), cause == null ? null : of(cause));
        bare.setStackTrace(error.getStackTrace());
        return bare;
    }
}
