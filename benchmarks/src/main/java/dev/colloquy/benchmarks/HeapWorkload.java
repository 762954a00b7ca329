package dev.colloquy.benchmarks;

import dev.colloquy.benchmarks.contestant.Contestant;
import dev.colloquy.benchmarks.contestant.Said;
import dev.colloquy.benchmarks.measure.Metric;
import dev.colloquy.benchmarks.measure.Runner;
import dev.colloquy.benchmarks.measure.Sample;
import dev.colloquy.benchmarks.measure.Trial;
import dev.colloquy.benchmarks.workload.Workload;
import java.lang.management.ManagementFactory;
import java.util.List;

/** What a message takes in this process's heap. */
record HeapWorkload(Runner runner) {

    private static final int CONVERSATIONS = 5000;
    private static final int LENGTH = 20;
    private static final int BYTES = 100;

    void run(Contestant inMemory) throws Exception {
        runner.runCold(Workload.HEAP, List.of(new Trial(inMemory.name(), inMemory::forget, () -> measure(inMemory))));
    }

    private static Sample measure(Contestant inMemory) {
        long before = used();
        for (int user = 0; user < CONVERSATIONS; user++) {
            // A content of its own for each message: what came over a network is never shared.
            List<Said> messages = Said.conversation(LENGTH, BYTES).stream()
                    .map(said ->
                            new Said(said.byUser(), new String(said.content().toCharArray())))
                    .toList();
            inMemory.seed("user-" + user, messages);
        }
        return Sample.of(Metric.MEMORY, (double) (used() - before) / CONVERSATIONS / LENGTH);
    }

    private static long used() {
        for (int i = 0; i < 3; i++) {
            System.gc();
        }
        return ManagementFactory.getMemoryMXBean().getHeapMemoryUsage().getUsed();
    }
}
