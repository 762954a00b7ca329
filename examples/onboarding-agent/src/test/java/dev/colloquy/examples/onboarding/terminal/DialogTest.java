package dev.colloquy.examples.onboarding.terminal;

import static dev.colloquy.examples.onboarding.interview.Said.byAgent;
import static dev.colloquy.examples.onboarding.interview.Said.byUser;
import static org.assertj.core.api.Assertions.assertThat;

import dev.colloquy.examples.onboarding.interview.Said;
import dev.colloquy.examples.onboarding.log.ConversationLog;
import java.io.ByteArrayOutputStream;
import java.io.PrintStream;
import java.io.StringReader;
import java.nio.charset.StandardCharsets;
import java.util.List;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;

@DisplayName("At the end, the dialog")
class DialogTest {

    private static final String CLEARED = "I have cleared our conversation.";

    @Test
    @DisplayName("says that the conversation is cleared when it is")
    void cleared() {
        assertThat(shownAfter(ConversationLog.Kept.STORED)).contains("This is your profile:", CLEARED);
    }

    @Test
    @DisplayName("says that it will be cleared while that waits for the store")
    void waiting() {
        assertThat(shownAfter(ConversationLog.Kept.WAITING))
                .contains("This is your profile:", "will be cleared when it is back")
                .doesNotContain(CLEARED);
    }

    private static String shownAfter(ConversationLog.Kept clear) {
        ByteArrayOutputStream shown = new ByteArrayOutputStream();
        PrintStream out = new PrintStream(shown, true, StandardCharsets.UTF_8);
        new Dialog(new Answered(clear), new StringReader(""), out).run();
        return shown.toString(StandardCharsets.UTF_8);
    }

    /** A log in which all is answered. */
    private record Answered(Kept clear) implements ConversationLog {

        @Override
        public List<Said> read() {
            return List.of(
                    byAgent("What's your name?"),
                    byUser("Alex"),
                    byAgent("What would you like to achieve?"),
                    byUser("run 10 km"),
                    byAgent("How much experience do you have: none, some or a lot?"),
                    byUser("some"),
                    byAgent("How many hours a week can you spend on it?"),
                    byUser("5"));
        }

        @Override
        public Kept append(Said said) {
            throw new AssertionError("nothing is left to say");
        }

        @Override
        public void close() {}
    }
}
