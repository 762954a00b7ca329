package dev.colloquy.architecture.samples.rule13.domain.egg;

import dev.colloquy.architecture.samples.rule13.domain.hen.Hen;

/** The other half, in a package without package-info. */
public interface Egg {
    Hen hatch();
}
