/** The use cases: saving, reading, clearing and listing conversations. */
@NullMarked
package dev.colloquy.application.conversation;

import org.jspecify.annotations.NullMarked;
