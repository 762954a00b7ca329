/** The person's side: lines in, lines out. */
@NullMarked
package dev.colloquy.examples.onboarding.terminal;

import org.jspecify.annotations.NullMarked;
