package dev.colloquy.examples.onboarding.terminal;

import dev.colloquy.examples.onboarding.interview.Interview;
import dev.colloquy.examples.onboarding.interview.Interview.Step;
import dev.colloquy.examples.onboarding.interview.Profile;
import dev.colloquy.examples.onboarding.interview.Said;
import dev.colloquy.examples.onboarding.log.ConversationLog;
import dev.colloquy.examples.onboarding.log.ConversationLog.Kept;
import java.io.PrintStream;
import java.io.Reader;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;

/** Holds the interview at the terminal and keeps every line of it in the log as it is said. */
public final class Dialog {

    private final Terminal terminal;
    private final ConversationLog log;
    private final List<Said> conversation = new ArrayList<>();
    private boolean warned;

    /**
     * @param log where the conversation is kept; it is read first, so the interview goes on where it stopped
     * @param in what the person types
     * @param out what the person sees
     */
    public Dialog(ConversationLog log, Reader in, PrintStream out) {
        this.terminal = new Terminal(in, out);
        this.log = log;
    }

    /**
     * Goes on until the profile is complete or the input ends.
     *
     * @throws dev.colloquy.examples.onboarding.log.LogFailure if the conversation could not be read or kept
     */
    public void run() {
        conversation.addAll(log.read());
        if (!conversation.isEmpty()) {
            terminal.note("Welcome back. This is what we said so far:");
            conversation.forEach(terminal::show);
        }
        boolean goesOn = true;
        while (goesOn) {
            goesOn = switch (Interview.next(conversation)) {
                case Step.Ask(String text) -> ask(text);
                case Step.Listen() -> listen();
                case Step.Finish(Profile profile) -> finish(profile);
            };
        }
    }

    private boolean ask(String text) {
        Said question = Said.byAgent(text);
        keep(question);
        terminal.show(question);
        return true;
    }

    private boolean listen() {
        Optional<String> line = terminal.readLine();
        if (line.isEmpty()) {
            terminal.note("Bye.");
            return false;
        }
        String answer = line.get();
        if (answer.isBlank()) {
            terminal.note("(Please type an answer, or press Ctrl-D to stop.)");
        } else if (answer.length() > Terminal.LONGEST_ANSWER) {
            terminal.note("(That is too long for me: at most " + Terminal.LONGEST_ANSWER + " characters, please.)");
        } else {
            keep(Said.byUser(answer));
        }
        return true;
    }

    // Shown first, cleared after: whoever is cut off in between sees the profile again, and never loses it.
    private boolean finish(Profile profile) {
        terminal.note("Thank you. This is your profile:");
        profile.answers()
                .forEach((question, answer) ->
                        terminal.note("  %-12s%s".formatted(question.name().toLowerCase(Locale.ROOT), answer)));
        terminal.note(
                switch (log.clear()) {
                    case STORED -> "I have cleared our conversation.";
                    case WAITING -> "The store does not answer; our conversation will be cleared when it is back.";
                });
        return false;
    }

    private void keep(Said said) {
        if (log.append(said) == Kept.WAITING && !warned) {
            warned = true;
            terminal.note("(The store does not answer; what we say waits in memory until it does.)");
        }
        conversation.add(said);
    }
}
