package dev.colloquy.domain.port.in;

import java.util.Objects;

/**
 * Whether the service can do its work.
 *
 * @param state the answer in one word
 * @param detail what is behind it, for an operator, without credentials
 */
public record Readiness(State state, String detail) {

    /** The possible answers. */
    public enum State {
        /** The store answers. */
        READY,
        /**
         * Messages are accepted and kept, as long as there is room: the store is unavailable, or it answers but something
         * waits that it has not taken yet. The detail says more.
         */
        DEGRADED,
        /** Requests would fail. */
        UNAVAILABLE
    }

    public Readiness {
        Objects.requireNonNull(state, "state");
        Objects.requireNonNull(detail, "detail");
    }

    /** Whether requests are worth sending here: ready or degraded. */
    public boolean acceptsRequests() {
        return state != State.UNAVAILABLE;
    }
}
