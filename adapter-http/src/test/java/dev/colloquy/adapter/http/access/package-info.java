/** Tests of who is let in. */
@NullMarked
package dev.colloquy.adapter.http.access;

import org.jspecify.annotations.NullMarked;
