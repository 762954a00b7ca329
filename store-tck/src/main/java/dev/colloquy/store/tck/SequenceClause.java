package dev.colloquy.store.tck;

import static dev.colloquy.store.tck.Samples.WEEK;
import static dev.colloquy.store.tck.Samples.batch;
import static dev.colloquy.store.tck.Samples.message;
import static dev.colloquy.store.tck.Samples.messages;
import static dev.colloquy.store.tck.Samples.numbers;
import static dev.colloquy.store.tck.Samples.sequences;
import static org.assertj.core.api.Assertions.assertThat;

import dev.colloquy.domain.conversation.Append;
import dev.colloquy.domain.conversation.ConversationView;
import dev.colloquy.domain.conversation.MessageId;
import dev.colloquy.domain.conversation.MessageRange;
import dev.colloquy.domain.conversation.Position;
import dev.colloquy.domain.retention.Retention;
import java.util.function.Supplier;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;

/** S3: sequence numbers start at 1, rise by exactly 1, and are never reused while the conversation lives. */
abstract class SequenceClause extends Clause {

    SequenceClause(Supplier<StoreHarness> harness) {
        super(harness);
    }

    @Test
    @DisplayName("S3 sequence numbers start at 1 and rise by 1, over single messages and batches")
    void rise() {
        assertThat(append(message("a")).firstSequence()).isEqualTo(1);
        assertThat(append(message("b"), message("c")).firstSequence()).isEqualTo(2);
        assertThat(append(message("d")).lastSequence()).isEqualTo(4);

        assertThat(sequences(read())).containsExactly(1L, 2L, 3L, 4L);
    }

    @Test
    @DisplayName("S3 sequence numbers go on when the cap drops old messages")
    void cap() {
        Retention three = WEEK.keepingAtMost(3);
        for (int i = 1; i <= 10; i++) {
            assertThat(append(Append.of(three, message("m" + i))).lastSequence())
                    .as("sequence number of message %d", i)
                    .isEqualTo(i);
        }

        ConversationView view = read();
        assertThat(sequences(view)).containsExactly(8L, 9L, 10L);
        assertThat(view.firstSequence()).isEqualTo(8);
        assertThat(view.lastPosition()).contains(new Position(10, new MessageId("m10")));
        assertThat(sequences(read(MessageRange.last(2)))).containsExactly(9L, 10L);
        assertThat(sequences(read(MessageRange.after(0, 99)))).containsExactly(8L, 9L, 10L);
    }

    @Test
    @DisplayName("S3 sequence numbers go on when the cap has dropped hundreds of messages")
    void longAfter() {
        Retention two = WEEK.keepingAtMost(2);
        for (int i = 0; i < 200; i++) {
            append(batch(two, messages(i + ".", 2)));
        }

        assertThat(sequences(read())).isEqualTo(numbers(399, 400));
        assertThat(append(Append.of(two, message("next"))).firstSequence()).isEqualTo(401);
    }
}
