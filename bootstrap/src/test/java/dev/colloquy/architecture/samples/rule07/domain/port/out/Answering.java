package dev.colloquy.architecture.samples.rule07.domain.port.out;

/** An outbound port. */
public interface Answering {}
