/** The REST surface: what the service offers over HTTP, on Helidon. */
@NullMarked
package dev.colloquy.adapter.http;

import org.jspecify.annotations.NullMarked;
