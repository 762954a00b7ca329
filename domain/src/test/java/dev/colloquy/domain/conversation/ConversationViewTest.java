package dev.colloquy.domain.conversation;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Instant;
import java.util.List;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;

@DisplayName("A view")
class ConversationViewTest {

    private static final ConversationId ALEX = ConversationId.of("onboarding", "alex");
    private static final Instant NOON = Instant.parse("2026-03-01T12:00:00Z");
    private static final Message QUESTION = new Message(new MessageId("m1"), Role.AGENT, "What's your name?", NOON);
    private static final Message ANSWER = new Message(new MessageId("m2"), Role.USER, "Alex", NOON);
    private static final SequencedMessage STORED = new SequencedMessage(1, QUESTION);

    @Test
    @DisplayName("reads as what is stored, then what waits")
    void storedThenWaiting() {
        ConversationView view = new ConversationView(
                ALEX, List.of(STORED), 1, STORED.position(), null, ConversationView.State.DEGRADED, List.of(ANSWER));

        assertThat(view.transcript()).containsExactly(QUESTION, ANSWER);
    }

    @Test
    @DisplayName("reads as what is stored when nothing waits, and as nothing when there is nothing")
    void live() {
        assertThat(ConversationView.live(ALEX, List.of(STORED), 1, STORED.position(), NOON)
                        .transcript())
                .containsExactly(QUESTION);
        assertThat(ConversationView.empty(ALEX).transcript()).isEmpty();
    }

    @Test
    @DisplayName("is empty if the conversation has no message, stored or waiting")
    void empty() {
        ConversationView onlyWaiting =
                new ConversationView(ALEX, List.of(), 0, null, null, ConversationView.State.DEGRADED, List.of(ANSWER));

        assertThat(ConversationView.empty(ALEX).isEmpty()).isTrue();
        assertThat(onlyWaiting.isEmpty()).isFalse();
        assertThat(ConversationView.live(ALEX, List.of(), 1, STORED.position(), NOON)
                        .isEmpty())
                .isFalse();
    }

    @Test
    @DisplayName("of no message starts at 0")
    void firstSequence() {
        assertThat(ConversationView.empty(ALEX).firstSequence()).isZero();
    }
}
