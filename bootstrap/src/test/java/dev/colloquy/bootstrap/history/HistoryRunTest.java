package dev.colloquy.bootstrap.history;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.time.Duration;
import java.util.Set;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

@DisplayName("The history of two service processes while faults happen")
class HistoryRunTest {

    private static World world;

    @BeforeAll
    static void startProcesses() {
        world = World.start(2);
    }

    @AfterAll
    static void stopProcesses() {
        world.close();
    }

    @ParameterizedTest(name = "with seed {0}")
    @ValueSource(longs = {1, 2, 3})
    @DisplayName("shows nothing lost, doubled or out of order")
    void valid(long seed) throws Exception {
        Verdict verdict = HistoryRun.run(world, Plan.of(seed, Duration.ofSeconds(3)), line -> {});
        assertThat(verdict.faults()).isNotEmpty();
        assertThat(verdict.history().operations()).hasSizeGreaterThan(50);
        assertThat(verdict.anomalies()).as(verdict.toString()).isEmpty();
        assertThat(Timeline.of(verdict)).startsWith("<svg").endsWith("</svg>\n");
    }

    @Test
    @Timeout(60)
    @DisplayName("is given up without leaving a thread")
    void givenUp() throws Exception {
        Set<Thread> before = Thread.getAllStackTraces().keySet();
        Thread.currentThread().interrupt();
        assertThatThrownBy(() -> HistoryRun.run(world, Plan.of(4, Duration.ofSeconds(3)), line -> {}))
                .isInstanceOf(InterruptedException.class);

        for (Thread thread : Thread.getAllStackTraces().keySet()) {
            if (!before.contains(thread) && thread.getName().matches("client-\\d+|monitor")) {
                assertThat(thread.join(Duration.ofSeconds(20)))
                        .as(thread.getName() + " ends")
                        .isTrue();
            }
        }
    }
}
