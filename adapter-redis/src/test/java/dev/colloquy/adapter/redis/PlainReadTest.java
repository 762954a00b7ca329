package dev.colloquy.adapter.redis;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import dev.colloquy.domain.conversation.ConversationId;
import dev.colloquy.domain.conversation.ConversationView;
import dev.colloquy.domain.conversation.MessageRange;
import dev.colloquy.domain.conversation.SequencedMessage;
import dev.colloquy.domain.retention.Retention;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;

@DisplayName("A read with plain commands")
class PlainReadTest {

    private static final ConversationId ALEX = ConversationId.of("onboarding", "alex");
    private static final Instant NOON = Instant.parse("2026-03-01T12:00:00Z");

    private static Optional<ConversationView> view(long length, long timeToLive, String... elements) {
        List<byte[]> bytes = new ArrayList<>();
        for (String element : elements) {
            bytes.add(element.getBytes(UTF_8));
        }
        return PlainRead.view(ALEX, ListCall.ALL, new ListCall.Answer(length, bytes, timeToLive), NOON);
    }

    private static Optional<ConversationView> lastTwo(long length, String... elements) {
        List<byte[]> bytes =
                List.of(elements).stream().map(each -> each.getBytes(UTF_8)).toList();
        return PlainRead.view(ALEX, 2, new ListCall.Answer(length, bytes, 60_000), NOON);
    }

    private static String own(long number) {
        return "{\"seq\":" + number + ",\"at\":\"2026-03-01T12:00:00Z\",\"id\":\"m" + number
                + "\",\"role\":\"user\",\"content\":\"x\"}";
    }

    private static final String FOREIGN = "{\"role\":\"user\",\"content\":\"x\"}";

    @Test
    @DisplayName("shows a conversation from which nothing was dropped")
    void ordinary() {
        ConversationView view = view(3, 60_000, own(2), own(3)).orElseThrow();

        assertThat(view.messages()).extracting(SequencedMessage::sequence).containsExactly(2L, 3L);
        assertThat(view.length()).isEqualTo(3);
        assertThat(view.last()).isEqualTo(view.messages().getLast().position());
        assertThat(view.expiresAt()).isEqualTo(NOON.plusSeconds(60));
        assertThat(view(2, -1, FOREIGN, FOREIGN).orElseThrow().expiresAt()).isNull();
        assertThat(view(0, -2).orElseThrow().isEmpty()).isTrue();
    }

    @Test
    @DisplayName("leaves to the script what was written, dropped or removed between the commands")
    void inBetween() {
        assertThat(view(2, 60_000, own(2), own(3))).as("an append").isEmpty();
        assertThat(view(0, 60_000, own(1))).as("a first append").isEmpty();
        assertThat(view(3, 60_000)).as("a clear").isEmpty();
        assertThat(view(2, -2, own(1), own(2)))
                .as("a clear, or the end of the time to live")
                .isEmpty();
        assertThat(view(1, 60_000, own(1), own(2)))
                .as("a clear and a new beginning")
                .isEmpty();
    }

    @Test
    @DisplayName(
            "leaves to the script as many elements as were asked for if none says its number: others may be in front")
    void withoutNumbers() {
        assertThat(lastTwo(2, FOREIGN, FOREIGN)).isEmpty();
        assertThat(lastTwo(1, FOREIGN)).isPresent();
        assertThat(lastTwo(2, FOREIGN, own(2))).isPresent();
        assertThat(lastTwo(2, FOREIGN, own(3))).isEmpty();
    }

    @Test
    @DisplayName("leaves to the script what has other numbers than its places say, and what is no message")
    void otherNumbers() {
        assertThat(view(2, 60_000, own(4), own(5)))
                .as("behind what the cap dropped")
                .isEmpty();
        assertThat(view(5, 60_000, FOREIGN, FOREIGN))
                .as("numbers that depend on earlier elements")
                .isEmpty();
        assertThat(view(3, 60_000, own(2), own(2))).as("a copied element").isEmpty();
        assertThat(view(1, 60_000, "{}")).as("no message").isEmpty();
    }

    @Test
    @DisplayName("is not tried where the retention or the range needs the script")
    void countOf() {
        assertThat(PlainRead.countOf(MessageRange.last(7), Retention.DEFAULT)).hasValue(7);
        assertThat(PlainRead.countOf(MessageRange.all(), Retention.DEFAULT)).hasValue(ListCall.ALL);
        assertThat(PlainRead.countOf(MessageRange.after(1, 5), Retention.DEFAULT))
                .isEmpty();
        assertThat(PlainRead.countOf(MessageRange.all(), Retention.DEFAULT.keepingAtMost(5)))
                .isEmpty();
        assertThat(PlainRead.countOf(MessageRange.all(), Retention.sinceLastAccess(Duration.ofHours(1))))
                .isEmpty();
    }
}
