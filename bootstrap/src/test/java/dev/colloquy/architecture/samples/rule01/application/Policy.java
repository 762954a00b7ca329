package dev.colloquy.architecture.samples.rule01.application;

/** Something an adapter must not know. */
public interface Policy {}
