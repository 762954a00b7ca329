/** The ways to keep the conversation. */
@NullMarked
package dev.colloquy.examples.onboarding.log;

import org.jspecify.annotations.NullMarked;
