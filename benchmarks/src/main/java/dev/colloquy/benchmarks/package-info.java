/** Colloquy measured beside what people would use instead, on the same server in the same run. */
@NullMarked
package dev.colloquy.benchmarks;

import org.jspecify.annotations.NullMarked;
