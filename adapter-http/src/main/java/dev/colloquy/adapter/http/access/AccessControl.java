package dev.colloquy.adapter.http.access;

import java.util.Optional;

/** Recognises callers by the token they present. Safe for any number of threads. */
@FunctionalInterface
public interface AccessControl {

    /**
     * Recognises a token.
     *
     * @param token what followed {@code Bearer} in the request
     * @return the caller, or empty if the token is not valid; why is nobody's business outside
     * @throws dev.colloquy.adapter.http.problem.ProblemException if it cannot be told at the moment
     */
    Optional<Caller> recognise(String token);

    /** Both: what the first one does not recognise, the second one may. */
    default AccessControl or(AccessControl other) {
        return token -> recognise(token).or(() -> other.recognise(token));
    }
}
