/** A history of everything that clients asked and were told, and the checks that prove it was never a lie. */
@NullMarked
package dev.colloquy.bootstrap.history;

import org.jspecify.annotations.NullMarked;
