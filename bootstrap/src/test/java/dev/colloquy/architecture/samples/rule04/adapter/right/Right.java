package dev.colloquy.architecture.samples.rule04.adapter.right;

/** The other adapter. */
public interface Right {}
