package dev.colloquy.bootstrap.telemetry;

import dev.colloquy.domain.error.StoreAccessRefused;
import dev.colloquy.domain.error.StoreLimitReached;
import java.util.function.LongSupplier;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Says that the store refuses what it is asked, which lasts until somebody changes a setting or buys more room: once when
 * it begins, and once an hour while it goes on. Safe for any number of threads.
 */
final class StoreRefusals {

    private static final Logger LOG = LoggerFactory.getLogger(StoreRefusals.class);

    private final HourlyLine access;
    private final HourlyLine limits;

    /** @param nanoTime a clock in nanoseconds */
    StoreRefusals(LongSupplier nanoTime) {
        access = new HourlyLine(nanoTime);
        limits = new HourlyLine(nanoTime);
    }

    /** What an operation of the store ended with; what is no refusal is passed over. */
    void report(RuntimeException failure) {
        boolean due = switch (failure) {
            case StoreAccessRefused refused -> access.isDue();
            case StoreLimitReached reached -> limits.isDue();
            default -> false;
        };
        if (due) {
            LOG.warn("The store refuses: {}; said once an hour while it goes on", failure.getMessage());
        }
    }
}
