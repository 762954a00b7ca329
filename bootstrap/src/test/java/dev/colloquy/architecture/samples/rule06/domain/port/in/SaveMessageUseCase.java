package dev.colloquy.architecture.samples.rule06.domain.port.in;

/** A port that is a class. */
final class SaveMessageUseCase {}
