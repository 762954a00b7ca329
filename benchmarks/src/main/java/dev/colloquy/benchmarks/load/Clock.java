package dev.colloquy.benchmarks.load;

import java.time.Duration;

/** When a round begins, when recording begins, and when it ends. */
final class Clock {

    private final long warmUp;
    private final long time;
    private volatile long began;

    Clock(Duration warmUp, Duration time) {
        this.warmUp = warmUp.toNanos();
        this.time = time.toNanos();
    }

    void start() {
        began = System.nanoTime();
    }

    long began() {
        return began;
    }

    long records() {
        return began + warmUp;
    }

    long ends() {
        return began + warmUp + time;
    }

    boolean goesOn() {
        return System.nanoTime() < ends();
    }
}
