package dev.colloquy.store.tck;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.time.Instant;
import org.jspecify.annotations.Nullable;

/**
 * The aggregate's clock. It goes with the harness' clock, and ahead of it by the time that the harness only takes off the
 * life of what is stored.
 */
final class ModelClock {

    private static final Duration MARGIN = Duration.ofMinutes(5);

    private final StoreHarness harness;
    private Duration ahead = Duration.ZERO;

    ModelClock(StoreHarness harness) {
        this.harness = harness;
    }

    Instant now() {
        return harness.now().plus(ahead);
    }

    void pass(Duration duration) {
        Instant before = harness.now();
        harness.passTime(duration);
        boolean moved = !harness.now().isBefore(before.plus(duration));
        ahead = moved ? ahead : ahead.plus(duration);
    }

    /** How far from an expiry the two may look at a conversation and still be sure to see the same. */
    Duration margin() {
        Duration tolerance = harness.timeTolerance();
        return tolerance.isZero() ? Duration.ZERO : MARGIN.plus(tolerance.multipliedBy(2));
    }

    /** Compares the store's expiry with the aggregate's. */
    void assertSame(@Nullable Instant expected, @Nullable Instant actual) {
        if (expected == null || actual == null) {
            assertThat(actual).as("expiry").isEqualTo(expected);
            return;
        }
        assertThat(Duration.between(expected, actual.plus(ahead)).abs())
                .as("how far the expiry %s is off", actual)
                .isLessThanOrEqualTo(harness.timeTolerance());
    }
}
