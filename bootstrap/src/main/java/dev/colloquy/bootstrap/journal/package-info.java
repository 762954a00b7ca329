/** The outbox's journal on disk, on H2's MVStore. */
@NullMarked
package dev.colloquy.bootstrap.journal;

import org.jspecify.annotations.NullMarked;
