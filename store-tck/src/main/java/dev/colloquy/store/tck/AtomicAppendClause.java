package dev.colloquy.store.tck;

import static dev.colloquy.store.tck.Samples.batch;
import static dev.colloquy.store.tck.Samples.ids;
import static dev.colloquy.store.tck.Samples.message;
import static dev.colloquy.store.tck.Samples.messages;
import static org.assertj.core.api.Assertions.assertThat;

import dev.colloquy.domain.conversation.Append;
import dev.colloquy.domain.conversation.Message;
import dev.colloquy.domain.conversation.MessageRange;
import dev.colloquy.domain.conversation.Receipt;
import dev.colloquy.domain.conversation.SequencedMessage;
import java.util.List;
import java.util.function.Supplier;
import java.util.stream.IntStream;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** S2: one call appends its messages in order, all or none, and returns a receipt. */
abstract class AtomicAppendClause extends Clause {

    AtomicAppendClause(Supplier<StoreHarness> harness) {
        super(harness);
    }

    @ParameterizedTest(name = "S2 a batch of {0} messages is stored whole and in order")
    @ValueSource(ints = {1, 2, 7, 100, Append.MOST_MESSAGES})
    @DisplayName("S2 a batch is stored whole and in order")
    void batches(int size) {
        List<Message> messages = messages("m", size);

        append(batch(messages));

        Differences.assertSame("a read", read().messages(), numbered(1, messages));
    }

    private static List<SequencedMessage> numbered(long first, List<Message> messages) {
        return IntStream.range(0, messages.size())
                .mapToObj(i -> new SequencedMessage(first + i, messages.get(i)))
                .toList();
    }

    @Test
    @DisplayName("S2 the receipt holds the messages, their sequence numbers, the length and that it is no replay")
    void receipt() {
        append(message("a"));

        Receipt.Stored receipt = append(message("b"), message("c"));

        Differences.assertSame("the receipt", receipt.messages(), numbered(2, List.of(message("b"), message("c"))));
        assertThat(receipt.firstSequence()).isEqualTo(2);
        assertThat(receipt.lastSequence()).isEqualTo(3);
        assertThat(receipt.length()).isEqualTo(3);
        assertThat(receipt.replay()).isFalse();
    }

    @Test
    @DisplayName("S2 what the receipt says is what another client reads at once")
    void visible() {
        for (int i = 1; i <= 20; i++) {
            Receipt.Stored receipt = append(client(i), alex, batch(messages(i + ".", 3)));

            var view = client(i + 1).read(alex, MessageRange.last(3), Samples.WEEK);
            Differences.assertSame("a read", view.messages(), receipt.messages());
            assertThat(view.length()).isEqualTo(receipt.length());
        }
    }

    @Test
    @DisplayName("S2 batches that arrive at the same time are stored one behind the other, never interleaved")
    void neverInterleaved() throws Exception {
        int threads = 16;
        int batches = 5;
        int size = 4;
        Concurrently.run(threads, thread -> {
            for (int i = 0; i < batches; i++) {
                append(client(thread), alex, batch(messages(thread + "." + i + ".", size)));
            }
            return thread;
        });

        List<String> stored = ids(read());
        for (int i = 0; i + size <= stored.size(); i += size) {
            String first = stored.get(i);
            String prefix = first.substring(0, first.lastIndexOf('.') + 1);
            assertThat(stored.subList(i, i + size)).containsExactly(prefix + 1, prefix + 2, prefix + 3, prefix + 4);
        }
    }
}
