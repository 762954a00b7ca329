package dev.colloquy.architecture.samples.rule14.application;

import java.util.function.Consumer;

/** Writes to the standard streams. */
final class Printer {

    private Printer() {}

    static void print() {
        System.out.println("text");
    }

    static void trace(Exception e) {
        e.printStackTrace();
    }

    static Consumer<Exception> traceLater() {
        return Exception::printStackTrace;
    }
}
