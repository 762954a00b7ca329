/** What the application needs from outside. Driven adapters (memory, Redis) implement these interfaces. */
@NullMarked
package dev.colloquy.domain.port.out;

import org.jspecify.annotations.NullMarked;
