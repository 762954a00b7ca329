package dev.colloquy.adapter.http.problem;

import java.util.Objects;

/** Ends the handling of a request with a problem. It has no stack trace: it is an answer, not a defect. */
public final class ProblemException extends RuntimeException {

    private static final long serialVersionUID = 1L;

    private final transient Problem problem;

    /** An exception that carries this problem. */
    public ProblemException(Problem problem) {
        super(Objects.requireNonNull(problem).detail(), null, false, false);
        this.problem = problem;
    }

    /** The problem to answer with. */
    public Problem problem() {
        return problem;
    }
}
