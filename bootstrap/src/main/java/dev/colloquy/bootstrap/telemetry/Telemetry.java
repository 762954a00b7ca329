package dev.colloquy.bootstrap.telemetry;

import dev.colloquy.adapter.http.RequestObserver;
import dev.colloquy.domain.error.InvalidSettings;
import dev.colloquy.domain.port.out.ConversationStore;
import io.opentelemetry.api.OpenTelemetry;
import io.opentelemetry.api.trace.Tracer;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.function.BiFunction;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Metrics for {@code /metrics} or for the program around, and traces, metrics and logs over OTLP where the settings ask for
 * it. Safe for any number of threads.
 */
public final class Telemetry implements AutoCloseable {

    private static final Logger LOG = LoggerFactory.getLogger(Telemetry.class);
    // By name: an agent that embeds Colloquy may log through something else, and have neither of these.
    private static final String LOGBACK = "ch.qos.logback.classic.LoggerContext";
    private static final String APPENDER =
            "io.opentelemetry.instrumentation.logback.appender.v1_0.OpenTelemetryAppender";
    private static final Duration LONGEST_STOP = Duration.ofMillis(1500);

    private final MetricsRegistry metrics;
    private final Optional<OtlpExport> export;
    private final Runnable endOfLogs;
    private final ExportTrouble trouble;
    private final Tracer tracer;

    private Telemetry(MetricsRegistry metrics, Optional<OtlpExport> export, Runnable endOfLogs, ExportTrouble trouble) {
        this.endOfLogs = endOfLogs;
        this.metrics = metrics;
        this.trouble = trouble;
        this.export = export;
        this.tracer = export.map(OtlpExport::api).orElse(OpenTelemetry.noop()).getTracer("dev.colloquy");
    }

    /**
     * Of the service, which answers {@code /metrics}. An address that cannot be reached is no error: what cannot be sent is
     * dropped.
     *
     * @throws InvalidSettings if OpenTelemetry does not take them; no value is quoted
     */
    public static Telemetry ofService(TelemetrySettings settings) {
        return start(settings, MetricsRegistry::ofService);
    }

    /**
     * Of a program that embeds Colloquy: the same, but the metrics are in each registry behind Micrometer's global one, where
     * the program's own are, until this is closed. Filters and common tags of the global one itself do not apply to them.
     *
     * @throws InvalidSettings if OpenTelemetry does not take them; no value is quoted
     */
    public static Telemetry ofProgram(TelemetrySettings settings) {
        return start(settings, MetricsRegistry::ofProgram);
    }

    private static Telemetry start(
            TelemetrySettings settings, BiFunction<TelemetrySettings, ExportTrouble, MetricsRegistry> metrics) {
        ExportTrouble trouble = new ExportTrouble(System::nanoTime);
        TelemetrySettings ours = settings.withInstanceId();
        Optional<OtlpExport> export = export(ours, trouble);
        Runnable endOfLogs = export.filter(any -> canExportLogs())
                .map(sent -> LogExport.attach(sent.api()))
                .orElse(() -> {});
        return new Telemetry(metrics.apply(ours, trouble), export, endOfLogs, trouble);
    }

    private static Optional<OtlpExport> export(TelemetrySettings settings, ExportTrouble trouble) {
        if (!settings.sends("traces") && !settings.sends("logs")) {
            return Optional.empty();
        }
        trouble.listen();
        try {
            return Optional.of(OtlpExport.start(settings));
        } catch (RuntimeException refused) {
            trouble.close();
            // Without the cause: its text quotes the value, which may be a secret.
            throw new InvalidSettings(List.of("OTEL_…: OpenTelemetry does not take the value of one of "
                    + settings.variables() + "; see its documentation for what each allows"));
        }
    }

    private static boolean canExportLogs() {
        if (!LoggerFactory.getILoggerFactory().getClass().getName().equals(LOGBACK)) {
            return false;
        }
        try {
            Class.forName(APPENDER, false, Telemetry.class.getClassLoader());
            return true;
        } catch (ClassNotFoundException absent) {
            return false;
        }
    }

    /**
     * A store that does the same and is observed.
     *
     * @param system the kind of store for labels, such as {@code redis}
     */
    public ConversationStore observe(ConversationStore store, String system) {
        return new ObservedConversationStore(store, new StoreOperations(metrics.registry(), tracer, system));
    }

    /** What to tell of every request. */
    public RequestObserver requests() {
        return new HttpRequests(metrics.registry(), tracer);
    }

    /** The meters of what is special to Colloquy. */
    public Meters meters() {
        return new Meters(metrics.registry());
    }

    /** All metrics of the service in the Prometheus text format, version 0.0.4; empty within a program. */
    public String scrape() {
        return metrics.scrape();
    }

    /** Sends what is waiting and stops, within 1.5 s, also on a thread that is interrupted, which stays so. */
    @Override
    public void close() {
        // Otherwise it would not wait, and take the meters back when perhaps the next Colloquy has its own there.
        boolean interrupted = Thread.interrupted();
        try {
            stop();
        } finally {
            if (interrupted) {
                Thread.currentThread().interrupt();
            }
        }
    }

    private void stop() {
        endOfLogs.run();
        // On threads of their own: the libraries' own stops wait longer for a receiver that does not answer.
        Thread traces = Thread.ofVirtual().start(() -> export.ifPresent(OtlpExport::close));
        Thread figures = Thread.ofVirtual().start(metrics::close);
        long deadline = System.nanoTime() + LONGEST_STOP.toNanos();
        try {
            for (Thread thread : List.of(traces, figures)) {
                boolean ended = thread.join(Duration.ofNanos(Math.max(1, deadline - System.nanoTime())));
                if (!ended) {
                    LOG.warn("Telemetry could not be sent within {} ms and is dropped", LONGEST_STOP.toMillis());
                }
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
        trouble.close();
    }
}
