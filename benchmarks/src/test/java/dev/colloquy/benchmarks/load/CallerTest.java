package dev.colloquy.benchmarks.load;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatCode;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.colloquy.benchmarks.measure.Metric;
import dev.colloquy.benchmarks.measure.Sample;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicLong;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;

@DisplayName("A caller")
class CallerTest {

    private final AtomicLong now = new AtomicLong();
    private final Clock clock = new Clock(Duration.ofSeconds(1), Duration.ofSeconds(10), now::get);
    private final Caller caller = new Caller(0, clock);

    @Test
    @DisplayName("counts for the throughput what ends while it is recorded, whenever that began")
    void throughput() throws Exception {
        clock.start();
        act(0, 0.9);
        act(0.9, 1.5);
        act(1.5, 10.5);
        act(10.5, 11.5);

        assertThat(summary().value(Metric.THROUGHPUT)).isEqualTo(0.2);
        assertThat(caller.ended()).isEqualTo(3);
    }

    @Test
    @DisplayName("counts for the latencies what begins while it is recorded, however late that ends")
    void latencies() throws Exception {
        clock.start();
        act(0, 6);
        act(6, 6.001);
        act(6.001, 30);

        assertThat(summary().value(Metric.P50)).isBetween(1_000.0, 1_001.0);
        assertThat(summary().value(Metric.P999)).isBetween(23_990_000.0, 24_010_000.0);
    }

    @Test
    @DisplayName("keeps up if what was due in time has begun within a minute after the end")
    void keepsUp() {
        clock.start();
        now.set(TimeUnit.SECONDS.toNanos(11 + 60));
        assertThatCode(clock::requireKeptUp).doesNotThrowAnyException();

        now.incrementAndGet();
        assertThatThrownBy(clock::requireKeptUp)
                .isInstanceOf(IllegalStateException.class)
                .hasMessage("work arrives faster than it is done: of what was due, some has not begun 60 s after the"
                        + " end");
    }

    private void act(double from, double to) throws Exception {
        long began = Math.round(from * 1e9);
        caller.perform((number, random) -> now.set(Math.round(to * 1e9)), began);
    }

    private Sample summary() {
        return Caller.summary(List.of(caller), clock);
    }
}
