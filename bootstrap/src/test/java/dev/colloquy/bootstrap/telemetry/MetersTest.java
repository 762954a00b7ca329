package dev.colloquy.bootstrap.telemetry;

import static org.assertj.core.api.Assertions.assertThat;

import io.micrometer.core.instrument.MeterRegistry;
import java.lang.ref.WeakReference;
import java.util.Map;
import java.util.concurrent.atomic.AtomicLong;
import java.util.function.LongSupplier;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;

@DisplayName("Meters")
class MetersTest {

    private final AtomicLong number = new AtomicLong();

    @Test
    @DisplayName("go on after a garbage collection, though nobody else keeps what they ask")
    void afterGarbageCollection() {
        goOnAfterGarbageCollection(TelemetrySettings.LOCAL);
    }

    @Test
    @DisplayName("do so where metrics are sent, too")
    void afterGarbageCollectionWhereSent() {
        goOnAfterGarbageCollection(
                TelemetrySettings.from(Map.of("OTEL_EXPORTER_OTLP_METRICS_ENDPOINT", "http://127.0.0.1:9")));
    }

    @Test
    @DisplayName("of an embedded Colloquy that is closed are not kept by Micrometer's global registry")
    void closedWithinAProgram() {
        WeakReference<MeterRegistry> closed = new WeakReference<>(closedRegistry());

        collectGarbage();

        assertThat(closed.get()).isNull();
    }

    private static MeterRegistry closedRegistry() {
        MetricsRegistry registry =
                MetricsRegistry.ofProgram(TelemetrySettings.LOCAL, new ExportTrouble(System::nanoTime));
        registry.close();
        return registry.registry();
    }

    private void goOnAfterGarbageCollection(TelemetrySettings settings) {
        try (Telemetry telemetry = Telemetry.ofService(settings)) {
            Meters meters = telemetry.meters();
            meters.counter("colloquy.test", "A test.", number::get);
            meters.gauge("colloquy.gauge", "A test.", number::get);
            meters.age("colloquy.age", "A test.", number::get);
            assertThat(telemetry.scrape()).contains("colloquy_test_total 0.0");

            collectGarbage();
            number.set(7_000);

            assertThat(telemetry.scrape())
                    .contains("colloquy_test_total 7000.0")
                    .contains("colloquy_gauge 7000.0")
                    .contains("colloquy_age_seconds 7.0");
        }
    }

    /** Until what a meter asked would be gone if nothing kept it. */
    private void collectGarbage() {
        WeakReference<LongSupplier> alike = new WeakReference<>(number::get);
        for (int i = 0; i < 100 && alike.get() != null; i++) {
            System.gc();
        }
        assertThat(alike.get()).as("what nobody keeps").isNull();
    }
}
