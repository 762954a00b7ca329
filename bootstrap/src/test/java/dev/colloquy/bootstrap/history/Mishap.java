package dev.colloquy.bootstrap.history;

import java.util.random.RandomGenerator;

/**
 * A kind of fault.
 *
 * @param name what to call it
 * @param script lets it happen, waits, and makes it good again
 */
record Mishap(String name, Script script) {

    /** What happens. */
    @FunctionalInterface
    interface Script {
        void play(World world, Stay stay, RandomGenerator random) throws InterruptedException;
    }

    /** How long a fault lasts; cut short when the run ends. */
    @FunctionalInterface
    interface Stay {
        void millis(int atLeast, int atMost) throws InterruptedException;
    }
}
