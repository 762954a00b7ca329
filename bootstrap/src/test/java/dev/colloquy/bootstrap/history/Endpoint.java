package dev.colloquy.bootstrap.history;

import java.util.List;
import java.util.Optional;

/** A service as a client sees it. Never throws because of a fault: that is what {@link Outcome.Unknown} is for. */
interface Endpoint {

    /**
     * A message to append.
     *
     * @param id its id, the same when the append is repeated; empty if it gets one in the service, and the append must not
     *     be repeated
     * @param name its name, which is its content
     */
    record Said(Optional<String> id, String name) {

        /** With its name as its id. */
        static Said as(String name) {
            return new Said(Optional.of(name), name);
        }
    }

    /**
     * What a read showed.
     *
     * @param live whether the store gave the answer
     */
    record Sight(boolean live, List<Entry> entries) {}

    /** Appends a batch. */
    Outcome append(String conversation, List<Said> batch);

    /** Appends a message that is never allowed. */
    Outcome appendTooLarge(String conversation, Said message);

    /** Clears a conversation. */
    Outcome clear(String conversation);

    /** Reads a whole conversation; empty if there was no answer. */
    Optional<Sight> read(String conversation);
}
