/** The interview as a pure function. */
@NullMarked
package dev.colloquy.examples.onboarding.interview;

import org.jspecify.annotations.NullMarked;
