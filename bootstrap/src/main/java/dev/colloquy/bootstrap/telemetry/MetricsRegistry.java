package dev.colloquy.bootstrap.telemetry;

import io.micrometer.core.instrument.Clock;
import io.micrometer.core.instrument.Meter;
import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.Metrics;
import io.micrometer.core.instrument.binder.jvm.ClassLoaderMetrics;
import io.micrometer.core.instrument.binder.jvm.JvmMemoryMetrics;
import io.micrometer.core.instrument.binder.jvm.JvmThreadMetrics;
import io.micrometer.core.instrument.binder.system.FileDescriptorMetrics;
import io.micrometer.core.instrument.binder.system.ProcessorMetrics;
import io.micrometer.core.instrument.binder.system.UptimeMetrics;
import io.micrometer.core.instrument.composite.CompositeMeterRegistry;
import io.micrometer.core.instrument.config.MeterFilter;
import io.micrometer.core.instrument.distribution.DistributionStatisticConfig;
import io.micrometer.prometheusmetrics.PrometheusConfig;
import io.micrometer.prometheusmetrics.PrometheusMeterRegistry;
import io.micrometer.registry.otlp.OtlpMeterRegistry;
import java.time.Duration;
import java.util.List;
import java.util.Optional;

/** Where metrics go: to who asks for {@code /metrics}, or to the program around; and over OTLP where settings ask for it. */
final class MetricsRegistry implements AutoCloseable {

    /** The boundaries that the OpenTelemetry conventions advise for durations, here from 0.5 ms on. */
    private static final double[] BUCKETS_NANOS =
            List.of(0.0005, 0.001, 0.0025, 0.005, 0.01, 0.025, 0.05, 0.1, 0.25, 0.5, 1.0, 2.5, 5.0, 10.0).stream()
                    .mapToDouble(seconds -> seconds * 1e9)
                    .toArray();

    private final Optional<PrometheusMeterRegistry> prometheus;
    private final Optional<OtlpMeterRegistry> otlp;
    private final MeterRegistry ours;
    private volatile boolean isClosing;

    private MetricsRegistry(
            Optional<PrometheusMeterRegistry> prometheus, Optional<OtlpMeterRegistry> otlp, MeterRegistry ours) {
        this.prometheus = prometheus;
        this.otlp = otlp;
        this.ours = ours;
        ours.config().meterFilter(new DurationBuckets()).meterFilter(MeterFilter.deny(id -> isClosing));
    }

    /** Of the service, which answers {@code /metrics}. */
    static MetricsRegistry ofService(TelemetrySettings settings, ExportTrouble trouble) {
        PrometheusMeterRegistry prometheus = new PrometheusMeterRegistry(PrometheusConfig.DEFAULT);
        Optional<OtlpMeterRegistry> otlp = otlp(settings, trouble);
        MeterRegistry ours = otlp.<MeterRegistry>map(
                        sent -> new CompositeMeterRegistry(Clock.SYSTEM, List.of(prometheus, sent)))
                .orElse(prometheus);
        MetricsRegistry registry = new MetricsRegistry(Optional.of(prometheus), otlp, ours);
        bindJvm(ours);
        return registry;
    }

    /** Of a program that embeds Colloquy: it finds Colloquy's meters beside its own. Those of the JVM are its own affair. */
    static MetricsRegistry ofProgram(TelemetrySettings settings, ExportTrouble trouble) {
        CompositeMeterRegistry ours = new CompositeMeterRegistry(Clock.SYSTEM, List.of(Metrics.globalRegistry));
        Optional<OtlpMeterRegistry> otlp = otlp(settings, trouble);
        otlp.ifPresent(sent -> {
            bindJvm(sent);
            ours.add(sent);
        });
        return new MetricsRegistry(Optional.empty(), otlp, ours);
    }

    private static Optional<OtlpMeterRegistry> otlp(TelemetrySettings settings, ExportTrouble trouble) {
        return settings.sends("metrics") ? Optional.of(OtlpMetrics.registry(settings, trouble)) : Optional.empty();
    }

    // JvmGcMetrics is left out: it starts a thread of its own for what the memory metrics show as well.
    private static void bindJvm(MeterRegistry registry) {
        new ClassLoaderMetrics().bindTo(registry);
        new JvmMemoryMetrics().bindTo(registry);
        new JvmThreadMetrics().bindTo(registry);
        new ProcessorMetrics().bindTo(registry);
        new FileDescriptorMetrics().bindTo(registry);
        new UptimeMetrics().bindTo(registry);
    }

    MeterRegistry registry() {
        return ours;
    }

    /** Everything in the Prometheus text format, version 0.0.4; empty within a program, which has its own ways. */
    String scrape() {
        return prometheus.map(PrometheusMeterRegistry::scrape).orElse("");
    }

    /** Takes the meters back, sends what is left and stops; bounded by the sender's timeouts. */
    @Override
    public void close() {
        // First, as the receiver of the last ones may take its time: meanwhile the program may open another Colloquy.
        // Not closed: a composite closes those behind it, and the program's is not ours to close.
        if (prometheus.isEmpty() && ours instanceof CompositeMeterRegistry composite) {
            otlp.ifPresent(composite::remove);
            isClosing = true;
            // Waits for a meter that is just being registered, which may be in the program's registry and not in ours
            // yet.
            ours.counter("none");
            List.copyOf(ours.getMeters()).forEach(ours::remove);
            composite.remove(Metrics.globalRegistry);
        }
        otlp.ifPresent(OtlpMeterRegistry::close);
        prometheus.ifPresent(PrometheusMeterRegistry::close);
    }

    private static final class DurationBuckets implements MeterFilter {
        @Override
        public DistributionStatisticConfig configure(Meter.Id id, DistributionStatisticConfig config) {
            if (!id.getName().endsWith(".duration")) {
                return config;
            }
            return DistributionStatisticConfig.builder()
                    .serviceLevelObjectives(BUCKETS_NANOS)
                    .expiry(Duration.ofMinutes(2))
                    .build()
                    .merge(config);
        }
    }
}
