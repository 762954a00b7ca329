package dev.colloquy.examples.onboarding.interview;

import static dev.colloquy.examples.onboarding.interview.Said.byAgent;
import static dev.colloquy.examples.onboarding.interview.Said.byUser;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.entry;

import dev.colloquy.examples.onboarding.interview.Interview.Step;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

@DisplayName("From the conversation alone, the interview")
class InterviewTest {

    private static final List<Said> WHOLE = List.of(
            byAgent("What's your name?"),
            byUser("Alex"),
            byAgent("What would you like to achieve?"),
            byUser("run 10 km"),
            byAgent("How much experience do you have: none, some or a lot?"),
            byUser("some"),
            byAgent("How many hours a week can you spend on it?"),
            byUser("5"));

    @Nested
    @DisplayName("goes on")
    class GoingOn {

        @Test
        @DisplayName("with the name when nothing was said")
        void first() {
            assertThat(Interview.next(List.of())).isEqualTo(new Step.Ask("What's your name?"));
        }

        @Test
        @DisplayName("from every point of a whole interview with exactly what came next in it")
        void everywhere() {
            for (int said = 0; said < WHOLE.size(); said++) {
                Step expected = said % 2 == 0 ? new Step.Ask(WHOLE.get(said).text()) : new Step.Listen();

                assertThat(Interview.next(WHOLE.subList(0, said)))
                        .as("after %d lines", said)
                        .isEqualTo(expected);
            }
        }

        @Test
        @DisplayName("to the profile when all is answered")
        void profile() {
            assertThat(Interview.next(WHOLE))
                    .isInstanceOfSatisfying(
                            Step.Finish.class,
                            finish -> assertThat(finish.profile().answers())
                                    .containsExactly(
                                            entry(Question.NAME, "Alex"),
                                            entry(Question.GOAL, "run 10 km"),
                                            entry(Question.EXPERIENCE, "some"),
                                            entry(Question.HOURS, "5")));
        }
    }

    @Nested
    @DisplayName("asks again")
    class AskingAgain {

        @ParameterizedTest
        @ValueSource(strings = {"0", "81", "five", "-1", "1.5", "007", "99999999999"})
        @DisplayName("when the hours are not a number from 1 to 80")
        void hours(String answer) {
            assertThat(Interview.next(replaced(7, answer)))
                    .isEqualTo(new Step.Ask(
                            "Please give a number from 1 to 80. How many hours a week can you spend on it?"));
        }

        @Test
        @DisplayName("and takes the better answer then")
        void better() {
            List<Said> conversation = new ArrayList<>(replaced(7, "five"));
            conversation.add(byAgent("Please give a number from 1 to 80. How many hours a week can you spend on it?"));
            assertThat(Interview.next(conversation)).isEqualTo(new Step.Listen());

            conversation.add(byUser(" 80 "));
            assertThat(Interview.next(conversation))
                    .isInstanceOfSatisfying(
                            Step.Finish.class,
                            finish -> assertThat(finish.profile().answers()).containsEntry(Question.HOURS, "80"));
        }

        private List<Said> replaced(int index, String answer) {
            List<Said> conversation = new ArrayList<>(WHOLE);
            conversation.set(index, byUser(answer));
            return conversation;
        }
    }

    @Nested
    @DisplayName("is not confused")
    class NotConfused {

        @Test
        @DisplayName("by a question that was asked twice")
        void twice() {
            assertThat(Interview.next(
                            List.of(byAgent("What's your name?"), byAgent("What's your name?"), byUser("Alex"))))
                    .isEqualTo(new Step.Ask("What would you like to achieve?"));
        }

        @Test
        @DisplayName("by lines that belong to no question")
        void strangers() {
            assertThat(Interview.next(List.of(byUser("hello"), byAgent("Good morning."), byUser("hm"))))
                    .isEqualTo(new Step.Ask("What's your name?"));
        }
    }
}
