package dev.colloquy.architecture.samples.rule01.adapter.web;

import dev.colloquy.architecture.samples.rule01.application.Policy;

/** An adapter that reaches past the ports. */
abstract class KnowsTheApplication implements Policy {}
