package dev.colloquy.architecture.samples.rule02.domain;

import org.slf4j.Logger;

/** A domain class with a library. */
record LoggingConversation(Logger log) {}
