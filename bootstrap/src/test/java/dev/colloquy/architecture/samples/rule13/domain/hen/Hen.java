package dev.colloquy.architecture.samples.rule13.domain.hen;

import dev.colloquy.architecture.samples.rule13.domain.egg.Egg;

/** One half of a cycle. */
public interface Hen {
    Egg lay();
}
