package dev.colloquy.adapter.http;

/** The body of a request. It can be read once, by the thread that handles the request. */
interface RequestBody {

    /** Whether the request announces a body. It may still turn out to be empty. */
    boolean isPresent();

    /**
     * Reads all of it.
     *
     * @return the bytes, empty if there is no body
     * @throws dev.colloquy.adapter.http.problem.ProblemException if it is too large, which is known before it is read
     *     whole, or does not arrive
     */
    byte[] read();
}
