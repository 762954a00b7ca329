/** Tests of the harness: what it measures with must be right before what it measures can be. */
@NullMarked
package dev.colloquy.benchmarks.process;

import org.jspecify.annotations.NullMarked;
