/** What keeps conversations going while the store is unavailable: messages wait in an outbox and are replayed later. */
@NullMarked
package dev.colloquy.application.outbox;

import org.jspecify.annotations.NullMarked;
