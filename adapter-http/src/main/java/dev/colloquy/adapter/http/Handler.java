package dev.colloquy.adapter.http;

/** Answers a request. Implementations are safe for any number of threads and may block. */
@FunctionalInterface
interface Handler {

    /**
     * The answer.
     *
     * @throws RuntimeException becomes a problem: a {@link dev.colloquy.adapter.http.problem.ProblemException} the one
     *     it carries, a {@link dev.colloquy.domain.error.ColloquyException} the one it stands for, any other an internal
     *     error
     */
    Response handle(Request request);
}
