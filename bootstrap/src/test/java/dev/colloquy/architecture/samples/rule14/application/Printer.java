package dev.colloquy.architecture.samples.rule14.application;

/** Writes to the standard streams. */
final class Printer {

    private Printer() {}

    static void print() {
        System.out.println("text");
    }

    static void trace(Exception e) {
        e.printStackTrace();
    }
}
