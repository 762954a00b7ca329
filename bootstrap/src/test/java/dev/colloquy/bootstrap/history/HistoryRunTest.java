package dev.colloquy.bootstrap.history;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.DisplayName;
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
}
