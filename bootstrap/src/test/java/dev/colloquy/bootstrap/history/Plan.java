package dev.colloquy.bootstrap.history;

import java.time.Duration;

/**
 * What to do in a run.
 *
 * @param seed decides which faults happen when, and what each client does
 * @param duration how long faults happen
 * @param clients how many clients there are, half of them at each process
 * @param quietMillis the longest pause between two faults
 * @param freshIds whether clients wrongly repeat calls with other message ids, which the verdict must show
 */
record Plan(long seed, Duration duration, int clients, int quietMillis, boolean freshIds) {

    static Plan of(long seed, Duration duration) {
        return new Plan(seed, duration, 8, 1500, false);
    }

    Plan withFreshIds() {
        return new Plan(seed, duration, clients, quietMillis, true);
    }
}
