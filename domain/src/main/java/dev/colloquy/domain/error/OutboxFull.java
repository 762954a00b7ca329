package dev.colloquy.domain.error;

import java.time.Duration;
import java.util.Objects;

/** The store is unavailable and the outbox has no room for more. The message was not accepted. */
public final class OutboxFull extends StoreFailure {

    private static final long serialVersionUID = 1L;

    private final Duration retryAfter;

    /**
     * @param limit which limit of the outbox is reached, for the message
     * @param retryAfter when trying again is worthwhile, positive
     */
    public OutboxFull(String limit, Duration retryAfter) {
        super(
                "the store is unavailable and the outbox is full (" + limit + "); try again in "
                        + retryAfter.toSeconds() + " s",
                null);
        this.retryAfter = Objects.requireNonNull(retryAfter);
    }

    /** When trying again is worthwhile. */
    public Duration retryAfter() {
        return retryAfter;
    }
}
