/** What callers see and what becomes of their messages when Redis or the way to it fails, against real processes. */
@NullMarked
package dev.colloquy.bootstrap.faults;

import org.jspecify.annotations.NullMarked;
