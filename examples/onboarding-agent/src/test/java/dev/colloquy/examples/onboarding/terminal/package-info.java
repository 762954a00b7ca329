/** The dialog with lines in and lines out. */
@NullMarked
package dev.colloquy.examples.onboarding.terminal;

import org.jspecify.annotations.NullMarked;
