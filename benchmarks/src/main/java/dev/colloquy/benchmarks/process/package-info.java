/** Processes of their own: contestants, servers to put load on, and how long these take to start. */
@NullMarked
package dev.colloquy.benchmarks.process;

import org.jspecify.annotations.NullMarked;
