/** Tests of the journal on disk, also with a process that is killed. */
@NullMarked
package dev.colloquy.bootstrap.journal;

import org.jspecify.annotations.NullMarked;
