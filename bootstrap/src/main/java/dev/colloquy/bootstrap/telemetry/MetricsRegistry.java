package dev.colloquy.bootstrap.telemetry;

import io.micrometer.core.instrument.Meter;
import io.micrometer.core.instrument.MeterRegistry;
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

/** Keeps the metrics for {@code /metrics} and, where settings ask for it, sends them over OTLP as well. */
final class MetricsRegistry implements AutoCloseable {

    /** The boundaries that the OpenTelemetry conventions advise for durations, here from 0.5 ms on. */
    private static final double[] BUCKETS_NANOS =
            List.of(0.0005, 0.001, 0.0025, 0.005, 0.01, 0.025, 0.05, 0.1, 0.25, 0.5, 1.0, 2.5, 5.0, 10.0).stream()
                    .mapToDouble(seconds -> seconds * 1e9)
                    .toArray();

    private final PrometheusMeterRegistry prometheus = new PrometheusMeterRegistry(PrometheusConfig.DEFAULT);
    private final Optional<OtlpMeterRegistry> otlp;
    private final MeterRegistry all;

    MetricsRegistry(TelemetrySettings settings, ExportTrouble trouble) {
        prometheus.config().meterFilter(new DurationBuckets());
        otlp = settings.sends("metrics") ? Optional.of(OtlpMetrics.registry(settings, trouble)) : Optional.empty();
        all = otlp.<MeterRegistry>map(this::both).orElse(prometheus);
        bindJvm(all);
    }

    private MeterRegistry both(OtlpMeterRegistry sent) {
        sent.config().meterFilter(new DurationBuckets());
        CompositeMeterRegistry composite = new CompositeMeterRegistry();
        composite.add(prometheus);
        composite.add(sent);
        return composite;
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
        return all;
    }

    /** Everything in the Prometheus text format, version 0.0.4. */
    String scrape() {
        return prometheus.scrape();
    }

    /** Sends what is left and stops; bounded by the sender's timeouts. */
    @Override
    public void close() {
        otlp.ifPresent(OtlpMeterRegistry::close);
        prometheus.close();
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
