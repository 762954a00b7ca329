package dev.colloquy.examples.onboarding.interview;

import java.util.Collections;
import java.util.EnumMap;
import java.util.Map;

/**
 * What the user has told so far.
 *
 * @param answers the answers that will do, in the order of the questions; copied
 */
public record Profile(Map<Question, String> answers) {

    public Profile {
        Map<Question, String> copy = new EnumMap<>(Question.class);
        copy.putAll(answers);
        answers = Collections.unmodifiableMap(copy);
    }
}
