/** What a measurement is: samples, their median and spread, and the runner that takes them in turns. */
@NullMarked
package dev.colloquy.benchmarks.measure;

import org.jspecify.annotations.NullMarked;
