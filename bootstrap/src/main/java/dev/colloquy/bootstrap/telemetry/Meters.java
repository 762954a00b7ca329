package dev.colloquy.bootstrap.telemetry;

import io.micrometer.core.instrument.DistributionSummary;
import io.micrometer.core.instrument.FunctionCounter;
import io.micrometer.core.instrument.Gauge;
import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.TimeGauge;
import java.util.concurrent.TimeUnit;
import java.util.function.DoubleSupplier;
import java.util.function.LongConsumer;
import java.util.function.LongSupplier;

/** Makes meters for numbers that other parts keep or report, without showing them the metrics library. */
public final class Meters {

    private final MeterRegistry registry;

    Meters(MeterRegistry registry) {
        this.registry = registry;
    }

    /** A number that goes up and down. */
    public void gauge(String name, String description, DoubleSupplier value) {
        Gauge.builder(name, value::getAsDouble).description(description).register(registry);
    }

    /** A span of time that goes up and down, in milliseconds; shown in seconds. */
    public void age(String name, String description, LongSupplier millis) {
        TimeGauge.builder(name, millis::getAsLong, TimeUnit.MILLISECONDS)
                .description(description)
                .register(registry);
    }

    /** A number that only grows while the process lives. */
    public void counter(String name, String description, LongSupplier total) {
        // The observed object is held weakly, and nobody else may hold the supplier; so it is the registry.
        FunctionCounter.builder(name, registry, observed -> total.getAsLong())
                .description(description)
                .register(registry);
    }

    /**
     * A distribution of sizes.
     *
     * @return takes each size
     */
    public LongConsumer sizes(String name, String description, double... boundaries) {
        DistributionSummary summary = DistributionSummary.builder(name)
                .description(description)
                .serviceLevelObjectives(boundaries)
                .register(registry);
        return summary::record;
    }
}
