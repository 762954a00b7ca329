package dev.colloquy.architecture.samples.rule10.domain;

/** A domain object that changes. */
final class Counter {
    private int count;

    int next() {
        return ++count;
    }
}
