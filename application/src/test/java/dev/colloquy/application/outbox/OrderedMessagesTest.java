package dev.colloquy.application.outbox;

import static org.assertj.core.api.Assertions.assertThat;

import dev.colloquy.domain.conversation.Message;
import dev.colloquy.domain.conversation.MessageId;
import dev.colloquy.domain.conversation.Role;
import dev.colloquy.domain.conversation.SequencedMessage;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Random;
import java.util.TreeMap;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;

@DisplayName("Messages in order")
class OrderedMessagesTest {

    private final OrderedMessages messages = new OrderedMessages();

    private static SequencedMessage message(long sequence, String content) {
        return new SequencedMessage(
                sequence, new Message(new MessageId("m" + sequence), Role.USER, content, Instant.EPOCH));
    }

    private static List<SequencedMessage> of(String content, long... sequences) {
        return Arrays.stream(sequences).mapToObj(s -> message(s, content)).toList();
    }

    @Test
    @DisplayName("come behind the last one, between others, and in the place of those with the same number")
    void places() {
        assertThat(messages.addAll(of("a", 3, 4, 8))).isEmpty();
        assertThat(messages.addAll(of("a", 9))).isEmpty();
        assertThat(messages.addAll(of("b", 1, 4, 5, 9, 10))).isEqualTo(of("a", 4, 9));

        assertThat(messages.all()).extracting(SequencedMessage::sequence).containsExactly(1L, 3L, 4L, 5L, 8L, 9L, 10L);
        assertThat(messages.get(4)).isEqualTo(message(4, "b"));
        assertThat(messages.get(8)).isEqualTo(message(8, "a"));
        assertThat(messages.get(7)).isNull();
        assertThat(messages.getFirst()).isEqualTo(message(1, "b"));
    }

    @Test
    @DisplayName("tell whether one of the numbers is that of a message with another id")
    void otherIds() {
        messages.addAll(of("a", 3, 4, 8));
        Message named = message(9, "a").message();

        assertThat(messages.haveOtherIds(of("b", 1, 3, 5, 8, 9))).isFalse();
        for (long number : new long[] {3, 4, 8}) {
            assertThat(messages.haveOtherIds(
                            List.of(message(2, "b"), new SequencedMessage(number, named), message(10, "b"))))
                    .as("with another message %d", number)
                    .isTrue();
        }
        assertThat(messages.haveOtherIds(List.of(new SequencedMessage(5, named))))
                .isFalse();
        assertThat(messages.haveOtherIds(List.of())).isFalse();
    }

    @Test
    @DisplayName("are those of a sorted map after any additions and removals")
    void model() {
        Random random = new Random(7);
        TreeMap<Long, SequencedMessage> model = new TreeMap<>();
        for (int round = 0; round < 2000; round++) {
            if (random.nextInt(4) == 0 && !model.isEmpty()) {
                assertThat(messages.removeFirst())
                        .isEqualTo(model.pollFirstEntry().getValue());
            }
            String content = "round " + round;
            long[] sequences =
                    random.longs(random.nextInt(5), 1, 40).distinct().sorted().toArray();
            List<SequencedMessage> before = new ArrayList<>();
            of(content, sequences).forEach(message -> {
                SequencedMessage old = model.put(message.sequence(), message);
                if (old != null) {
                    before.add(old);
                }
            });

            assertThat(messages.addAll(of(content, sequences))).isEqualTo(before);
            assertThat(messages.all()).isEqualTo(List.copyOf(model.values()));
            assertThat(messages.haveOtherIds(of("another", sequences))).isFalse();
            long wanted = random.nextInt(40);
            assertThat(messages.get(wanted)).isEqualTo(model.get(wanted));
            assertThat(messages.isEmpty()).isEqualTo(model.isEmpty());
        }
    }
}
