package dev.colloquy.store.tck;

import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;
import java.util.function.BooleanSupplier;

/** Holds a broken store between two steps until another thread came in, so that its defect shows on a busy computer, too. */
final class Pause {

    private static final long A_MOMENT = TimeUnit.MICROSECONDS.toNanos(200);
    private static final int MOST_MOMENTS = 100;

    private Pause() {}

    /** Waits for this to be so, at most some 20 ms. */
    static void until(BooleanSupplier met) {
        for (int i = 0; i < MOST_MOMENTS && !met.getAsBoolean(); i++) {
            LockSupport.parkNanos(A_MOMENT);
        }
    }
}
