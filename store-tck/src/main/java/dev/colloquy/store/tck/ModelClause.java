package dev.colloquy.store.tck;

import java.util.Random;
import java.util.function.Supplier;
import java.util.stream.LongStream;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.TestReporter;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** All clauses together: whatever is asked in whatever order, the store answers as the aggregate does. */
abstract class ModelClause extends Clause {

    private static final String SEED = "colloquy.tck.seed";
    private static final int SEEDS = 3;
    private static final int STEPS = 800;

    ModelClause(Supplier<StoreHarness> harness) {
        super(harness);
    }

    static LongStream seeds() {
        String fixed = System.getProperty(SEED);
        return fixed == null ? new Random().longs(SEEDS, 0, 1_000_000_000) : LongStream.of(Long.parseLong(fixed));
    }

    @ParameterizedTest(name = "Model: seed {0}")
    @MethodSource("seeds")
    @DisplayName("Model: random operations give on the store what they give on the aggregate")
    void randomOperations(long seed, TestReporter reporter) {
        reporter.publishEntry(SEED, Long.toString(seed));
        ModelRun run = new ModelRun(harness, alex.agent(), seed);
        try {
            for (int i = 0; i < STEPS; i++) {
                run.step();
            }
            run.readAll();
        } catch (AssertionError | RuntimeException e) {
            throw new AssertionError(
                    "to repeat it: -D" + SEED + "=" + seed + "\n" + run.latestSteps() + "\n" + e.getMessage(), e);
        }
    }
}
