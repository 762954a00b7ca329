/** The composition root: the service's {@code main}, and the facade that Java agents embed. */
@NullMarked
package dev.colloquy.bootstrap;

import org.jspecify.annotations.NullMarked;
