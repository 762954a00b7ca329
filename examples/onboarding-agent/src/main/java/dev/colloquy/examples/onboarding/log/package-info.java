/** The port to where the conversation is kept, and its two adapters: Colloquy inside this program, or over HTTP. */
@NullMarked
package dev.colloquy.examples.onboarding.log;

import org.jspecify.annotations.NullMarked;
