/** Holds what the documents say against the code: a page that is no longer true makes a test fail. */
@NullMarked
package dev.colloquy.documentation;

import org.jspecify.annotations.NullMarked;
