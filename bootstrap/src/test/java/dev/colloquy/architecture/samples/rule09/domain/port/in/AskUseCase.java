package dev.colloquy.architecture.samples.rule09.domain.port.in;

/** What can be asked. */
public interface AskUseCase {}
