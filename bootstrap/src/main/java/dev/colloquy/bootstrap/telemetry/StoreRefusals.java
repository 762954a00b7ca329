package dev.colloquy.bootstrap.telemetry;

import dev.colloquy.domain.error.StoreAccessRefused;
import dev.colloquy.domain.error.StoreLimitReached;
import java.util.function.LongSupplier;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Says that the store refuses what it is asked, which lasts until somebody changes a setting or buys more room: once when
 * it begins, and once an hour while it goes on, for each reason. Safe for any number of threads.
 */
final class StoreRefusals {

    private static final Logger LOG = LoggerFactory.getLogger(StoreRefusals.class);

    /** By the text of the refusal. */
    private final HourlyLines lines;

    /** @param nanoTime a clock in nanoseconds */
    StoreRefusals(LongSupplier nanoTime) {
        lines = new HourlyLines(nanoTime);
    }

    /** What an operation of the store ended with; what is no refusal is passed over. */
    void report(RuntimeException failure) {
        if (!(failure instanceof StoreAccessRefused) && !(failure instanceof StoreLimitReached)) {
            return;
        }
        String reason = String.valueOf(failure.getMessage());
        if (lines.isDue(reason)) {
            LOG.warn("The store refuses: {}; said once an hour while it goes on", reason);
        }
    }
}
