package dev.colloquy.bootstrap.telemetry;

import io.opentelemetry.api.common.Attributes;
import io.opentelemetry.api.trace.SpanKind;
import io.opentelemetry.context.Context;
import io.opentelemetry.sdk.common.CompletableResultCode;
import io.opentelemetry.sdk.trace.data.LinkData;
import io.opentelemetry.sdk.trace.data.SpanData;
import io.opentelemetry.sdk.trace.export.SpanExporter;
import io.opentelemetry.sdk.trace.samplers.Sampler;
import io.opentelemetry.sdk.trace.samplers.SamplingResult;
import java.time.Duration;
import java.util.Collection;
import java.util.List;
import java.util.concurrent.atomic.AtomicLong;
import java.util.function.LongSupplier;

/**
 * Records no spans that cannot be sent. While the receiver fails, or has had a batch for longer than a second, only ten
 * spans a second are recorded, to find out when it is back; the rest would be dropped from a full queue, after it had
 * cost the requests a tenth of their time. Safe for any number of threads.
 */
final class SpanFlow {

    private static final long LONGEST_EXPORT_NANOS = Duration.ofSeconds(1).toNanos();
    private static final long PROBE_NANOS = Duration.ofMillis(100).toNanos();
    private static final long NONE = Long.MAX_VALUE;

    private final LongSupplier nanoTime;
    private final AtomicLong nextProbe;
    private volatile boolean taken = true;
    // The SDK exports one batch after the other.
    private volatile long exportingSince = NONE;

    /**
     * @param nanoTime as {@link System#nanoTime()}
     */
    SpanFlow(LongSupplier nanoTime) {
        this.nanoTime = nanoTime;
        nextProbe = new AtomicLong(nanoTime.getAsLong());
    }

    private boolean isOpen() {
        long now = nanoTime.getAsLong();
        long since = exportingSince;
        if (taken && (since == NONE || now - since < LONGEST_EXPORT_NANOS)) {
            return true;
        }
        long probe = nextProbe.get();
        return now - probe >= 0 && nextProbe.compareAndSet(probe, now + PROBE_NANOS);
    }

    /** The exporter, watched. */
    SpanExporter watch(SpanExporter exporter) {
        return new SpanExporter() {
            @Override
            public CompletableResultCode export(Collection<SpanData> spans) {
                exportingSince = nanoTime.getAsLong();
                CompletableResultCode result = exporter.export(spans);
                return result.whenComplete(() -> {
                    exportingSince = NONE;
                    taken = result.isSuccess();
                });
            }

            @Override
            public CompletableResultCode flush() {
                return exporter.flush();
            }

            @Override
            public CompletableResultCode shutdown() {
                return exporter.shutdown();
            }
        };
    }

    /** The sampler, as long as spans can be sent. */
    Sampler limit(Sampler sampler) {
        return new Sampler() {
            @Override
            public SamplingResult shouldSample(
                    Context parent,
                    String traceId,
                    String name,
                    SpanKind kind,
                    Attributes attributes,
                    List<LinkData> links) {
                return isOpen()
                        ? sampler.shouldSample(parent, traceId, name, kind, attributes, links)
                        : SamplingResult.drop();
            }

            @Override
            public String getDescription() {
                return sampler.getDescription();
            }
        };
    }
}
