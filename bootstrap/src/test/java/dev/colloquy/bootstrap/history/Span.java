package dev.colloquy.bootstrap.history;

import java.util.concurrent.TimeUnit;

/**
 * Something that lasted.
 *
 * @param name what
 * @param from when it began, in nanoseconds of the history's clock
 * @param until when it ended
 */
record Span(String name, long from, long until) {

    double seconds() {
        return (until - from) / (double) TimeUnit.SECONDS.toNanos(1);
    }
}
