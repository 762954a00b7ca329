package dev.colloquy.benchmarks.measure;

import java.util.stream.Collectors;
import java.util.stream.Stream;

/** Why something failed. */
public final class Causes {

    private Causes() {}

    /** The failure and all its causes, as one text. */
    public static String of(Throwable failure) {
        return Stream.iterate(failure, cause -> cause != null, Throwable::getCause)
                .map(Throwable::toString)
                .collect(Collectors.joining(": "));
    }
}
