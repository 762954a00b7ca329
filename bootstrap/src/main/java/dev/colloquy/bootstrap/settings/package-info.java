/** What can be set from outside, read once at the start, with every mistake reported at once. */
@NullMarked
package dev.colloquy.bootstrap.settings;

import org.jspecify.annotations.NullMarked;
