/** The inner hexagon: what the agent asks and what the answers amount to. It knows nothing about where they are kept. */
@NullMarked
package dev.colloquy.examples.onboarding.interview;

import org.jspecify.annotations.NullMarked;
