/** What of a conversation goes into a prompt. */
@NullMarked
package dev.colloquy.domain.window;

import org.jspecify.annotations.NullMarked;
