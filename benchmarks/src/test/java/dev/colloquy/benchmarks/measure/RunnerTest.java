package dev.colloquy.benchmarks.measure;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.Iterator;
import java.util.List;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;

@DisplayName("The runner")
class RunnerTest {

    private final List<String> order = new ArrayList<>();
    private final Results results = new Results();
    private final Runner runner = new Runner(2, results, line -> {});

    @Test
    @DisplayName("takes the contestants in turns, each prepared before, and does not count the first round")
    void turns() {
        runner.run("work", List.of(trial("A"), trial("B")));

        assertThat(order)
                .containsExactly(
                        "prepare A",
                        "A",
                        "prepare B",
                        "B",
                        "prepare A",
                        "A",
                        "prepare B",
                        "B",
                        "prepare B",
                        "B",
                        "prepare A",
                        "A");
        assertThat(results.of("work")).extracting(Result::contestant).containsExactly("A", "B");
        assertThat(results.find("work", "A").orElseThrow().samples()).hasSize(2);
    }

    @Test
    @DisplayName("says who failed at what, and goes on with the others")
    void failure() {
        Trial broken = new Trial("C", () -> {}, () -> {
            throw new IllegalArgumentException("no");
        });

        runner.run("work", List.of(broken, trial("A")));

        assertThat(results.failures()).singleElement().asString().contains("C", "work", "no");
        assertThat(results.of("work")).extracting(Result::contestant).containsExactly("A");
    }

    @Test
    @DisplayName("rehearses with each until its compilers rest, and counts none of it")
    void rehearsesUntilWarm() {
        Iterator<Double> compiling = List.of(900.0, 400.0, 30.0).iterator();
        Trial warming = new Trial("warming", () -> {}, () -> {
            order.add("warming");
            return Sample.of(Metric.COMPILING, compiling.next());
        });

        new Runner(1, results, line -> {}).rehearse("rehearsal", 5, List.of(warming));

        assertThat(order).containsExactly("warming", "warming", "warming");
        assertThat(results.of("rehearsal")).isEmpty();
    }

    @Test
    @DisplayName("rehearses as often as is allowed with those who do not say, or whose compilers never rest")
    void rehearsesNoMoreThanAllowed() {
        Trial restless = new Trial("restless", () -> {}, () -> {
            order.add("restless");
            return Sample.of(Metric.COMPILING, 500);
        });

        new Runner(1, results, line -> {}).rehearse("rehearsal", 2, List.of(trial("silent"), restless));

        assertThat(order)
                .containsExactly("prepare silent", "silent", "prepare silent", "silent", "restless", "restless");
    }

    private Trial trial(String name) {
        return new Trial(name, () -> order.add("prepare " + name), () -> {
            order.add(name);
            return Sample.of(Metric.DURATION, order.size());
        });
    }
}
