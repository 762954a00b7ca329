/** The onboarding agent as a person meets it: a process with standard input and output. */
@NullMarked
package dev.colloquy.examples.onboarding;

import org.jspecify.annotations.NullMarked;
