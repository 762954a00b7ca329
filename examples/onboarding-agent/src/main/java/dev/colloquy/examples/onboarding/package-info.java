/** The onboarding agent as a program: what it is started with, and how its parts are put together. */
@NullMarked
package dev.colloquy.examples.onboarding;

import org.jspecify.annotations.NullMarked;
