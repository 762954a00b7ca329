package dev.colloquy.domain.conversation;

import static org.assertj.core.api.Assertions.assertThat;

import dev.colloquy.domain.retention.Retention;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;

@DisplayName("A list that was handed over may change without changing")
class OwnListsTest {

    private static final ConversationId ALEX = ConversationId.of("onboarding", "alex");
    private static final Instant NOON = Instant.parse("2026-03-01T12:00:00Z");
    private static final Message HELLO = new Message(new MessageId("m1"), Role.USER, "Hello", NOON);
    private static final SequencedMessage FIRST = new SequencedMessage(1, HELLO);

    @Test
    @DisplayName("the append")
    void append() {
        List<Message> list = new ArrayList<>(List.of(HELLO));
        Append append = new Append(list, ExpectedPosition.any(), Retention.DEFAULT);
        list.clear();
        assertThat(append.messages()).containsExactly(HELLO);
    }

    @Test
    @DisplayName("the receipt of what was stored")
    void stored() {
        List<SequencedMessage> list = new ArrayList<>(List.of(FIRST));
        Receipt receipt = new Receipt.Stored(list, 1, NOON, false);
        list.clear();
        assertThat(((Receipt.Stored) receipt).messages()).containsExactly(FIRST);
    }

    @Test
    @DisplayName("the receipt of what was accepted")
    void accepted() {
        List<Message> list = new ArrayList<>(List.of(HELLO));
        Receipt.Accepted receipt = new Receipt.Accepted(list);
        list.clear();
        assertThat(receipt.messages()).containsExactly(HELLO);
    }

    @Test
    @DisplayName("what was read")
    void view() {
        List<SequencedMessage> list = new ArrayList<>(List.of(FIRST));
        ConversationView view = ConversationView.live(ALEX, list, 1, FIRST.position(), NOON);
        list.clear();
        assertThat(view.messages()).containsExactly(FIRST);
    }
}
