package dev.colloquy.benchmarks.workload;

import dev.colloquy.benchmarks.measure.Sample;

/** A contestant wherever it runs. For one thread. */
public interface Player {

    /** The name in tables and charts. */
    String title();

    /**
     * Plays one round, whatever came before it.
     *
     * @throws Exception if a call failed, so that there is nothing to count
     */
    Sample play(Round round) throws Exception;
}
