package dev.colloquy.architecture.samples.rule04.adapter.left;

import dev.colloquy.architecture.samples.rule04.adapter.right.Right;

/** An adapter that uses another. */
abstract class Left implements Right {}
