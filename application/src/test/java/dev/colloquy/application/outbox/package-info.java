/** Tests of the outbox, over a store that fails on demand. */
@NullMarked
package dev.colloquy.application.outbox;

import org.jspecify.annotations.NullMarked;
