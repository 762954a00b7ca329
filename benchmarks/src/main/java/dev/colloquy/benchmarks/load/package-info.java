/** Callers that put load on a contestant, and what they record. */
@NullMarked
package dev.colloquy.benchmarks.load;

import org.jspecify.annotations.NullMarked;
