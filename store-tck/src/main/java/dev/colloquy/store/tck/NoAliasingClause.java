package dev.colloquy.store.tck;

import static dev.colloquy.store.tck.Samples.WEEK;
import static dev.colloquy.store.tck.Samples.batch;
import static dev.colloquy.store.tck.Samples.message;
import static dev.colloquy.store.tck.Samples.messages;
import static org.assertj.core.api.Assertions.assertThat;

import dev.colloquy.domain.conversation.Append;
import dev.colloquy.domain.conversation.ConversationView;
import dev.colloquy.domain.conversation.Message;
import dev.colloquy.domain.conversation.MessageRange;
import dev.colloquy.domain.conversation.Receipt;
import dev.colloquy.domain.conversation.SequencedMessage;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Supplier;
import java.util.stream.Stream;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;

/** S8: what a read returned never changes afterwards. */
abstract class NoAliasingClause extends Clause {

    NoAliasingClause(Supplier<StoreHarness> harness) {
        super(harness);
    }

    /** What was returned, and a copy of it made at once. */
    private record Kept(List<SequencedMessage> returned, List<SequencedMessage> copy) {

        private static Kept of(List<SequencedMessage> returned) {
            return new Kept(returned, new ArrayList<>(returned));
        }

        private void assertUnchanged() {
            assertThat(returned).isEqualTo(copy);
        }
    }

    private List<Kept> keepReads() {
        return Stream.of(MessageRange.all(), MessageRange.last(3), MessageRange.after(1, 3))
                .map(range -> Kept.of(read(range).messages()))
                .toList();
    }

    @Test
    @DisplayName("S8 a view stays as it was when messages are appended")
    void append() {
        append(batch(messages("m", 5)));
        List<Kept> views = keepReads();

        messages("n", 40).forEach(this::append);

        views.forEach(Kept::assertUnchanged);
    }

    @Test
    @DisplayName("S8 a view stays as it was when the cap drops what it holds")
    void cap() {
        append(batch(messages("m", 5)));
        List<Kept> views = keepReads();

        for (Message message : messages("n", 10)) {
            append(Append.of(WEEK.keepingAtMost(2), message));
        }

        views.forEach(Kept::assertUnchanged);
    }

    @Test
    @DisplayName("S8 a view stays as it was when the conversation is cleared and begun anew")
    void clear() {
        append(batch(messages("m", 5)));
        ConversationView view = read();
        List<Kept> views = keepReads();

        store.clear(alex);
        append(batch(messages("n", 5)));

        views.forEach(Kept::assertUnchanged);
        assertThat(view.length()).isEqualTo(5);
    }

    @Test
    @DisplayName("S8 the caller's own list and the receipt are no way into the store")
    void callersList() {
        List<Message> mine = new ArrayList<>(messages("m", 3));
        Receipt.Stored receipt = append(batch(mine));
        Kept kept = Kept.of(receipt.messages());

        mine.set(0, message("changed"));
        mine.add(message("added"));
        append(message("next"));

        kept.assertUnchanged();
        assertThat(read().messages().subList(0, 3)).isEqualTo(receipt.messages());
        assertThat(read().length()).isEqualTo(4);
    }
}
