package dev.colloquy.examples.onboarding.terminal;

import dev.colloquy.examples.onboarding.interview.Said;
import java.io.IOException;
import java.io.PrintStream;
import java.io.Reader;
import java.io.UncheckedIOException;
import java.util.Optional;

/** Shows what is said and reads what the person types. */
final class Terminal {

    /** The most characters of one answer; what a line has beyond them is read and thrown away. */
    static final int LONGEST_ANSWER = 2_000;

    private final Reader in;
    private final PrintStream out;

    Terminal(Reader in, PrintStream out) {
        this.in = in;
        this.out = out;
    }

    /** Shows something said. */
    void show(Said said) {
        String speaker = said.speaker() == Said.Speaker.AGENT ? "agent: " : "you:   ";
        note(speaker + said.text());
    }

    /** Shows a line that is not part of the conversation, without what could command the terminal. */
    void note(String line) {
        out.println(line.replaceAll("\\p{Cc}", "?"));
    }

    /**
     * Waits for a line.
     *
     * @return the line without its end, cut to one character more than {@link #LONGEST_ANSWER}; empty at the end of
     *     the input
     */
    Optional<String> readLine() {
        out.print("> ");
        out.flush();
        StringBuilder line = new StringBuilder();
        try {
            int c = in.read();
            if (c < 0) {
                out.println();
                return Optional.empty();
            }
            for (; c >= 0 && c != '\n'; c = in.read()) {
                if (line.length() <= LONGEST_ANSWER && c != '\r') {
                    line.append((char) c);
                }
            }
            return Optional.of(line.toString());
        } catch (IOException e) {
            throw new UncheckedIOException("cannot read what you type: " + e.getMessage(), e);
        }
    }
}
