/** The conversation of one agent with one user: its identity, its messages and the rules for appending to it. */
@NullMarked
package dev.colloquy.domain.conversation;

import org.jspecify.annotations.NullMarked;
