package dev.colloquy.examples.onboarding.interview;

import java.util.Arrays;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * Where an interview stands. It is worked out from the conversation alone, so the agent has no state of its own: whoever
 * has the conversation can go on with it.
 */
public final class Interview {

    /** What the agent does next. */
    public sealed interface Step {

        /**
         * Say this.
         *
         * @param text the question, after a complaint if the answer before would not do
         */
        record Ask(String text) implements Step {}

        /** Wait for the answer to the question that was asked last. */
        record Listen() implements Step {}

        /**
         * Nothing is left to ask.
         *
         * @param profile the answers
         */
        record Finish(Profile profile) implements Step {}
    }

    private Interview() {}

    /**
     * The next step after a conversation. An answer belongs to the question before it; a later answer to the same
     * question replaces an earlier one.
     *
     * @param conversation everything said so far, oldest first
     */
    public static Step next(List<Said> conversation) {
        Map<Question, String> answers = new EnumMap<>(Question.class);
        @Nullable Question asked = null;
        String complaint = "";
        for (Said said : conversation) {
            if (said.speaker() == Said.Speaker.AGENT) {
                asked = Question.askedBy(said.text()).orElse(null);
            } else if (asked != null) {
                Optional<String> refused = asked.complaintAbout(said.text());
                complaint = refused.map(reason -> reason + " ").orElse("");
                if (refused.isEmpty()) {
                    answers.put(asked, said.text().strip());
                }
                asked = null;
            }
        }
        return step(answers, asked, complaint);
    }

    private static Step step(Map<Question, String> answers, @Nullable Question asked, String complaint) {
        if (asked != null) {
            return new Step.Listen();
        }
        return Arrays.stream(Question.values())
                .filter(question -> !answers.containsKey(question))
                .findFirst()
                .<Step>map(question -> new Step.Ask(complaint + question.text()))
                .orElseGet(() -> new Step.Finish(new Profile(answers)));
    }
}
