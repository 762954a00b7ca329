package dev.colloquy.benchmarks.load;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.colloquy.benchmarks.load.Callers.Threads;
import dev.colloquy.benchmarks.measure.Metric;
import dev.colloquy.benchmarks.measure.Sample;
import java.time.Duration;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

@DisplayName("Callers")
class CallersTest {

    private static final Duration STALL = Duration.ofMillis(60);

    @ParameterizedTest
    @EnumSource
    @DisplayName("all act in a closed loop, and what they do is counted")
    void closedLoop(Threads threads) throws Exception {
        Set<Integer> seen = ConcurrentHashMap.newKeySet();
        Sample sample = new Callers(3, threads, Duration.ZERO, Duration.ofMillis(50)).closedLoop((caller, random) -> {
            seen.add(caller);
            TimeUnit.MICROSECONDS.sleep(500);
        });

        assertThat(seen).containsExactlyInAnyOrder(0, 1, 2);
        assertThat(sample.value(Metric.THROUGHPUT)).isPositive();
        assertThat(sample.value(Metric.P50)).isGreaterThanOrEqualTo(500);
        assertThat(sample.value(Metric.P999)).isGreaterThanOrEqualTo(sample.value(Metric.P50));
    }

    @ParameterizedTest
    @EnumSource
    @DisplayName("measure nothing if an action fails, and say why")
    void failure(Threads threads) {
        AssertionError why = new AssertionError("no");
        Callers callers = new Callers(2, threads, Duration.ZERO, Duration.ofMillis(20));

        assertThatThrownBy(() -> callers.closedLoop((caller, random) -> {
                    if (caller == 1) {
                        throw why;
                    }
                }))
                .isInstanceOf(ExecutionException.class)
                .hasCause(why);
    }

    @Test
    @DisplayName("measure nothing if an action takes longer than the round, and say why: it did not take no time")
    void tooSlow() {
        Callers callers = new Callers(1, Threads.PLATFORM, Duration.ofMillis(50), Duration.ofMillis(200));

        assertThatThrownBy(() -> callers.closedLoop((caller, random) -> TimeUnit.MILLISECONDS.sleep(300)))
                .isInstanceOf(IllegalStateException.class)
                .hasMessage("nothing began within the 200 ms that are recorded: one operation takes longer than the"
                        + " round");
    }

    @Test
    @DisplayName("in an open loop, one stall shows in the latency of everything that should have begun meanwhile")
    void openLoop() throws Exception {
        AtomicBoolean stalled = new AtomicBoolean();
        Sample sample = new Callers(1, Threads.PLATFORM, Duration.ZERO, Duration.ofMillis(100))
                .openLoop(1000, (caller, random) -> {
                    if (stalled.compareAndSet(false, true)) {
                        TimeUnit.NANOSECONDS.sleep(STALL.toNanos());
                    }
                });

        // 60 of the 100 actions were due during the stall: so half of all waited, although only one was slow.
        assertThat(sample.value(Metric.P50)).isGreaterThan(1000);
    }

    @Test
    @DisplayName("in an open loop, a stall that lasts until the end hides nothing of what was due in time")
    void stallAtTheEnd() throws Exception {
        AtomicInteger actions = new AtomicInteger();
        Sample sample = new Callers(1, Threads.PLATFORM, Duration.ZERO, Duration.ofMillis(100))
                .openLoop(1000, (caller, random) -> {
                    if (actions.incrementAndGet() == 10) {
                        TimeUnit.MILLISECONDS.sleep(200);
                    }
                });

        // The last of the 90 that had to wait was due just before the end, which is about 110 ms before the stall's.
        assertThat(actions).hasValue(100);
        assertThat(sample.value(Metric.P50)).isGreaterThan(100_000);
    }

    @Test
    @DisplayName("say what was allocated")
    void allocation() throws Exception {
        byte[][] kept = new byte[1][];
        Sample sample = new Callers(1, Threads.PLATFORM, Duration.ZERO, Duration.ofMillis(30))
                .closedLoop((caller, random) -> {
                    kept[0] = new byte[100_000];
                    TimeUnit.MILLISECONDS.sleep(1);
                });

        assertThat(kept[0]).isNotNull();
        assertThat(sample.value(Metric.ALLOCATED)).isBetween(90_000.0, 200_000.0);
    }
}
