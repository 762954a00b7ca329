package dev.colloquy.application.outbox;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.stream.Collectors;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;

/**
 * Random programs, the same in each run: saves, reads and clears of several conversations, while the store goes away and
 * comes back, loses answers, and the process dies. Each answer and what is stored at the end are compared with {@link
 * OutageModel}. A program that fails is printed without the steps that the failure does not need.
 */
@DisplayName("Whatever happens in and around an outage")
class OutageModelTest {

    private static final int PROGRAMS = Integer.getInteger("colloquy.outage.programs", 3000);

    @Test
    @DisplayName("callers are answered and messages are stored as the model says")
    void asTheModel() {
        for (long seed = 1; seed <= PROGRAMS; seed++) {
            List<OutageStep> program = OutageStep.program(seed);
            if (failure(program).isPresent()) {
                throw explain(seed, shorten(program));
            }
        }
    }

    private static AssertionError explain(long seed, List<OutageStep> program) {
        Throwable failure = failure(program).orElseThrow();
        String steps = program.stream().map(Object::toString).collect(Collectors.joining("\n"));
        return new AssertionError("seed " + seed + ", shortened:\n" + steps + "\n" + failure.getMessage(), failure);
    }

    private static List<OutageStep> shorten(List<OutageStep> program) {
        List<OutageStep> steps = new ArrayList<>(program);
        for (int i = steps.size() - 1; i >= 0; i--) {
            OutageStep left = steps.remove(i);
            if (failure(steps).isEmpty()) {
                steps.add(i, left);
            }
        }
        return steps;
    }

    private static Optional<Throwable> failure(List<OutageStep> program) {
        OutageRun run = new OutageRun();
        try {
            program.forEach(run::take);
            run.end();
            return Optional.empty();
        } catch (AssertionError | RuntimeException e) {
            return Optional.of(e);
        }
    }
}
