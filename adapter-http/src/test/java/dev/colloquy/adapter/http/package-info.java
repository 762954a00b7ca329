/** Tests of the REST surface, through real sockets. */
@NullMarked
package dev.colloquy.adapter.http;

import org.jspecify.annotations.NullMarked;
