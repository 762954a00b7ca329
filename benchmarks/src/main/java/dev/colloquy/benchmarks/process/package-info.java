/** Processes of their own: servers to put load on, and how long they take to start. */
@NullMarked
package dev.colloquy.benchmarks.process;

import org.jspecify.annotations.NullMarked;
