/** Everything that is compared, each behind the same small interface. */
@NullMarked
package dev.colloquy.benchmarks.contestant;

import org.jspecify.annotations.NullMarked;
