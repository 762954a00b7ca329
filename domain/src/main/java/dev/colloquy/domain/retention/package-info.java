/** How long a conversation is kept, and how many of its messages. */
@NullMarked
package dev.colloquy.domain.retention;

import org.jspecify.annotations.NullMarked;
