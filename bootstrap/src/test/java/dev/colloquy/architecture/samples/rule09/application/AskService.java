package dev.colloquy.architecture.samples.rule09.application;

import dev.colloquy.architecture.samples.rule09.domain.port.in.AskUseCase;

/** A use case that may be called without its port. */
public final class AskService implements AskUseCase {}
