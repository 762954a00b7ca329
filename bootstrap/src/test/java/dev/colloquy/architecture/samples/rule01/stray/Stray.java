package dev.colloquy.architecture.samples.rule01.stray;

/** In no ring. */
final class Stray {}
