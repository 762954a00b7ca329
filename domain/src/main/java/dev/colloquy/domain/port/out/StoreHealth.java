package dev.colloquy.domain.port.out;

import java.util.Objects;

/**
 * How a store is doing.
 *
 * @param status the state in one word
 * @param detail what is behind it, for an operator, without credentials
 */
public record StoreHealth(Status status, String detail) {

    /** The states of a store. */
    public enum Status {
        /** It answers. */
        LIVE,
        /**
         * Messages are accepted and kept, as long as there is room: the store itself is unavailable, or it answers but
         * something waits that it has not taken yet. The detail says more.
         */
        DEGRADED,
        /** It does not answer. */
        UNAVAILABLE,
        /** It answers, but refuses: a wrong password, a used-up quota. Somebody has to do something about it. */
        REFUSED
    }

    public StoreHealth {
        Objects.requireNonNull(status, "status");
        Objects.requireNonNull(detail, "detail");
    }

    /** It answers. */
    public static StoreHealth live(String detail) {
        return new StoreHealth(Status.LIVE, detail);
    }

    /** Something waits or would have to, but messages are accepted. */
    public static StoreHealth degraded(String detail) {
        return new StoreHealth(Status.DEGRADED, detail);
    }

    /** It does not answer. */
    public static StoreHealth unavailable(String detail) {
        return new StoreHealth(Status.UNAVAILABLE, detail);
    }

    /** It answers, but refuses. */
    public static StoreHealth refused(String detail) {
        return new StoreHealth(Status.REFUSED, detail);
    }
}
