/** What a caller may ask for. Driving adapters (HTTP, the embedded facade) call these interfaces. */
@NullMarked
package dev.colloquy.domain.port.in;

import org.jspecify.annotations.NullMarked;
