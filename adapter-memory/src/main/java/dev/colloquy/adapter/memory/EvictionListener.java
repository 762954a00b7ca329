package dev.colloquy.adapter.memory;

/**
 * Is told of each conversation that the store removes by itself, to count it. Called in the midst of the removal, from
 * any thread: it must be quick, must not throw and must not call the store.
 */
@FunctionalInterface
public interface EvictionListener {

    /** Why a conversation was removed. */
    enum Reason {
        /** The store was full. The conversation had not expired: its user will find it empty. */
        SIZE,
        /** It had expired. */
        EXPIRED
    }

    /**
     * A whole conversation was removed.
     *
     * @param reason why
     */
    void onEviction(Reason reason);
}
