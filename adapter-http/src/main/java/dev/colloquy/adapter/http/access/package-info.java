/** Who calls, and what they may do: bearer tokens from a file and JWTs of an identity provider. */
@NullMarked
package dev.colloquy.adapter.http.access;

import org.jspecify.annotations.NullMarked;
