package dev.colloquy.domain.error;

import java.util.List;
import java.util.stream.Collectors;

/** What was set from outside cannot be used. It lists every mistake, not only the first, and shows no secret. */
public final class InvalidSettings extends RuleViolation {

    private static final long serialVersionUID = 1L;

    private final String[] mistakes;

    /** @param mistakes at least one, each beginning with the setting's name and saying what is allowed, without secrets */
    public InvalidSettings(List<String> mistakes) {
        super(describe(mistakes));
        this.mistakes = mistakes.toArray(String[]::new);
    }

    /** All mistakes, at least one. */
    public List<String> mistakes() {
        return List.of(mistakes);
    }

    private static String describe(List<String> mistakes) {
        String heading = mistakes.size() == 1 ? "1 setting is wrong:" : mistakes.size() + " settings are wrong:";
        return mistakes.stream().collect(Collectors.joining("\n  ", heading + "\n  ", ""));
    }
}
