package dev.colloquy.application.outbox;

import java.time.Instant;
import java.util.Objects;

/**
 * An entry that the store refuses for a reason that will not pass. Immutable.
 *
 * @param entry what could not be replayed
 * @param reason why, without content
 * @param at when it was given up
 */
public record KeptAside(OutboxEntry entry, String reason, Instant at) {
    public KeptAside {
        Objects.requireNonNull(entry, "entry");
        Objects.requireNonNull(reason, "reason");
        Objects.requireNonNull(at, "at");
    }
}
