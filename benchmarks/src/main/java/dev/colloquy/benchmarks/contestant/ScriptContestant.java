package dev.colloquy.benchmarks.contestant;

import java.util.List;

/** A client that sends Colloquy's own script, and nothing around it. */
abstract class ScriptContestant implements Contestant {

    /** Sends the messages as one append. */
    abstract void send(String user, List<Said> said);

    @Override
    public final void append(String user, Said said) {
        send(user, List.of(said));
    }

    @Override
    public final void appendTurn(String user, Said question, Said answer) {
        send(user, List.of(question, answer));
    }

    @Override
    public final void seed(String user, List<Said> messages) {
        messages.forEach(said -> append(user, said));
    }
}
