/** What the contestants have to do. */
@NullMarked
package dev.colloquy.benchmarks.workload;

import org.jspecify.annotations.NullMarked;
