/** Conversations in the memory of the process, on Caffeine: the embedded default. */
@NullMarked
package dev.colloquy.adapter.memory;

import org.jspecify.annotations.NullMarked;
