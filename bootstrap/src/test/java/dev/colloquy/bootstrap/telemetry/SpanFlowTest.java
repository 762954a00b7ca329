package dev.colloquy.bootstrap.telemetry;

import static org.assertj.core.api.Assertions.assertThat;

import io.opentelemetry.api.common.Attributes;
import io.opentelemetry.api.trace.SpanKind;
import io.opentelemetry.context.Context;
import io.opentelemetry.sdk.common.CompletableResultCode;
import io.opentelemetry.sdk.trace.data.SpanData;
import io.opentelemetry.sdk.trace.export.SpanExporter;
import io.opentelemetry.sdk.trace.samplers.Sampler;
import io.opentelemetry.sdk.trace.samplers.SamplingDecision;
import java.time.Duration;
import java.util.Collection;
import java.util.List;
import java.util.concurrent.atomic.AtomicLong;
import java.util.stream.IntStream;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;

@DisplayName("Spans are recorded")
class SpanFlowTest {

    private final AtomicLong nanos = new AtomicLong();
    private final SpanFlow flow = new SpanFlow(nanos::get);
    private final Sampler sampler = flow.limit(Sampler.alwaysOn());
    private CompletableResultCode result = new CompletableResultCode();
    private final SpanExporter exporter = flow.watch(new SpanExporter() {
        @Override
        public CompletableResultCode export(Collection<SpanData> spans) {
            return result;
        }

        @Override
        public CompletableResultCode flush() {
            return CompletableResultCode.ofSuccess();
        }

        @Override
        public CompletableResultCode shutdown() {
            return CompletableResultCode.ofSuccess();
        }
    });

    private long recordedOf(int spans) {
        return IntStream.range(0, spans)
                .mapToObj(i -> sampler.shouldSample(
                        Context.root(), "0".repeat(32), "span", SpanKind.INTERNAL, Attributes.empty(), List.of()))
                .filter(sampled -> sampled.getDecision() == SamplingDecision.RECORD_AND_SAMPLE)
                .count();
    }

    private void passes(Duration time) {
        nanos.addAndGet(time.toNanos());
    }

    @Test
    @DisplayName("all of them, as long as the receiver takes them")
    void open() {
        assertThat(recordedOf(100)).isEqualTo(100);
        var export = exporter.export(List.of());
        passes(Duration.ofMillis(900));
        assertThat(recordedOf(100)).isEqualTo(100);
        result.succeed();
        passes(Duration.ofMinutes(1));
        assertThat(export.isSuccess()).isTrue();
        assertThat(recordedOf(100)).isEqualTo(100);
    }

    @Test
    @DisplayName("ten in a second while it does not answer, and all again when it does")
    void stuck() {
        var export = exporter.export(List.of());
        passes(Duration.ofSeconds(2));
        assertThat(recordedOf(100)).isEqualTo(1);
        passes(Duration.ofMillis(100));
        assertThat(recordedOf(100)).isEqualTo(1);

        result.succeed();
        assertThat(export.isDone()).isTrue();
        assertThat(recordedOf(100)).isEqualTo(100);
    }

    @Test
    @DisplayName("ten in a second while it refuses them")
    void refused() {
        var first = exporter.export(List.of());
        result.fail();
        passes(Duration.ofSeconds(1));
        assertThat(first.isSuccess()).isFalse();
        assertThat(recordedOf(100)).isEqualTo(1);

        result = CompletableResultCode.ofSuccess();
        var second = exporter.export(List.of());
        assertThat(second.isSuccess()).isTrue();
        assertThat(recordedOf(100)).isEqualTo(100);
    }
}
