package dev.colloquy.architecture.samples.rule12.domain;

/** An error outside the hierarchy. */
public final class StrayException extends RuntimeException {
    private static final long serialVersionUID = 1L;
}
