package dev.colloquy.bootstrap.telemetry;

import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.LongSupplier;

/** An {@link HourlyLine} for each kind of trouble, of which there must be few. Safe for any number of threads. */
final class HourlyLines {

    private final Map<String, HourlyLine> byKind = new ConcurrentHashMap<>();
    private final LongSupplier nanoTime;

    /** @param nanoTime a clock in nanoseconds */
    HourlyLines(LongSupplier nanoTime) {
        this.nanoTime = nanoTime;
    }

    /** Whether to write the line of this kind now; true for one caller an hour. */
    boolean isDue(String kind) {
        return byKind.computeIfAbsent(kind, first -> new HourlyLine(nanoTime)).isDue();
    }
}
