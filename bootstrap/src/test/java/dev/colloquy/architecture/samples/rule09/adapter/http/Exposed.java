package dev.colloquy.architecture.samples.rule09.adapter.http;

/** Public without need. */
public final class Exposed {}
