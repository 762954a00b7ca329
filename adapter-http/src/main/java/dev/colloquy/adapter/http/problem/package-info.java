/** What can go wrong with a request, as RFC 9457 problems. */
@NullMarked
package dev.colloquy.adapter.http.problem;

import org.jspecify.annotations.NullMarked;
