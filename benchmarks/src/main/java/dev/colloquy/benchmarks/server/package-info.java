/** The Redis that the comparison runs on, and the slow network in front of it. */
@NullMarked
package dev.colloquy.benchmarks.server;

import org.jspecify.annotations.NullMarked;
