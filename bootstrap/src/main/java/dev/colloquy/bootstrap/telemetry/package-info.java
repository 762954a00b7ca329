/** What an operator sees: metrics, traces and logs, and where they are sent. */
@NullMarked
package dev.colloquy.bootstrap.telemetry;

import org.jspecify.annotations.NullMarked;
