/** What costs without a network, under JMH. */
@NullMarked
package dev.colloquy.benchmarks.inprocess;

import org.jspecify.annotations.NullMarked;
