package dev.colloquy.adapter.redis;

/**
 * Hears what the store does about failures, and how it sends, for metrics. It must be quick and must not throw; it may be
 * called by several threads at once.
 */
@FunctionalInterface
public interface RedisListener {

    /** Something happened; called on the thread that made the call. */
    void on(Event event);

    /**
     * A pipeline is sent; called on a caller's thread or on one of the client's, and just as quick.
     *
     * @param calls how many calls travel in it, from 1
     */
    default void sent(int calls) {}

    /** What can happen. */
    enum Event {
        /** An attempt failed and is made again. */
        RETRIED,
        /** A call failed after its last attempt, or at its deadline; not if its thread was interrupted. */
        GAVE_UP,
        /** The breaker was open: the call was refused at once. */
        REFUSED,
        /** The breaker has opened. */
        BREAKER_OPENED,
        /** The breaker lets one call through to see whether Redis is back. */
        BREAKER_HALF_OPENED,
        /** The breaker has closed: Redis answers. */
        BREAKER_CLOSED
    }

    /** Does nothing. */
    static RedisListener none() {
        return event -> {};
    }
}
