package dev.colloquy.examples.onboarding.interview;

import java.util.Arrays;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;

/** What the agent wants to know, in the order in which it asks. */
public enum Question {
    /** What to call the user. */
    NAME("What's your name?"),
    /** What the user is here for. */
    GOAL("What would you like to achieve?"),
    /** How far the user is already. */
    EXPERIENCE("How much experience do you have: none, some or a lot?") {
        @Override
        Optional<String> complaintAbout(String answer) {
            return Set.of("none", "some", "a lot").contains(answer.strip().toLowerCase(Locale.ROOT))
                    ? Optional.empty()
                    : Optional.of("Please choose one of the three.");
        }
    },
    /** How much time the user has. */
    HOURS("How many hours a week can you spend on it?") {
        @Override
        Optional<String> complaintAbout(String answer) {
            return answer.strip().matches("[1-9]|[1-7][0-9]|80")
                    ? Optional.empty()
                    : Optional.of("Please give a number from 1 to 80.");
        }
    };

    private final String text;

    Question(String text) {
        this.text = text;
    }

    /** How the agent puts it. */
    public String text() {
        return text;
    }

    /** What is wrong with an answer, or empty if it will do. */
    Optional<String> complaintAbout(String answer) {
        return Optional.empty();
    }

    /** Which question the agent asked with these words, perhaps after a complaint; empty if none. */
    static Optional<Question> askedBy(String agentText) {
        return Arrays.stream(values())
                .filter(question -> agentText.endsWith(question.text))
                .findFirst();
    }
}
