package dev.colloquy.architecture.samples.rule07.domain.port.in;

import dev.colloquy.architecture.samples.rule07.domain.port.out.Answering;

/** An inbound port that knows an outbound one. */
interface Asking {
    Answering answering();
}
