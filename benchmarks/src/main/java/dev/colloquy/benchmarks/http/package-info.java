/** The service over HTTP, under wrk or a client of the JDK, beside a handler that does next to nothing. */
@NullMarked
package dev.colloquy.benchmarks.http;

import org.jspecify.annotations.NullMarked;
