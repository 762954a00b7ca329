package dev.colloquy.bootstrap.history;

/**
 * A message as it was read.
 *
 * @param sequence its sequence number, or 0 if it waits in an outbox
 * @param message its name
 */
record Entry(long sequence, String message) {}
