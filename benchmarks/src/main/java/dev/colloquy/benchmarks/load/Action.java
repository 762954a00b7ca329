package dev.colloquy.benchmarks.load;

import java.util.random.RandomGenerator;

/** What a caller does again and again. */
@FunctionalInterface
public interface Action {

    /**
     * Does it once.
     *
     * @param caller the caller's number, from 0
     * @param random the caller's own randomness, the same in every run
     * @throws Exception if it failed; counted, and the caller goes on
     */
    void perform(int caller, RandomGenerator random) throws Exception;
}
