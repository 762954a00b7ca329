/** Tests of the harness: what it measures with must be right before what it measures can be. */
@NullMarked
package dev.colloquy.benchmarks.report;

import org.jspecify.annotations.NullMarked;
