package dev.colloquy.store.tck;

import static dev.colloquy.store.tck.Samples.HOUR;
import static dev.colloquy.store.tck.Samples.batch;
import static dev.colloquy.store.tck.Samples.ids;
import static dev.colloquy.store.tck.Samples.message;
import static dev.colloquy.store.tck.Samples.messages;
import static dev.colloquy.store.tck.Samples.numbers;
import static dev.colloquy.store.tck.Samples.sequences;
import static org.assertj.core.api.Assertions.assertThat;

import dev.colloquy.domain.conversation.ConversationId;
import dev.colloquy.domain.conversation.ConversationView;
import dev.colloquy.domain.conversation.Message;
import dev.colloquy.domain.conversation.MessageRange;
import dev.colloquy.domain.conversation.SequencedMessage;
import dev.colloquy.domain.retention.Retention;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Supplier;
import java.util.stream.IntStream;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;

/** S4: any number of concurrent appenders: nothing lost, nothing doubled, each caller's own order kept. */
abstract class ConcurrencyClause extends Clause {

    private static final int THREADS = 64;
    private static final int EACH = 20;

    ConcurrencyClause(Supplier<StoreHarness> harness) {
        super(harness);
    }

    @Test
    @DisplayName("S4 64 threads append to one conversation: nothing is lost, nothing doubled, each one's order kept")
    void messages64() throws Exception {
        List<List<SequencedMessage>> receipts = Concurrently.run(THREADS, thread -> {
            List<SequencedMessage> mine = new ArrayList<>();
            for (Message message : messages(thread + ".", EACH)) {
                mine.addAll(
                        append(client(thread), alex, batch(List.of(message))).messages());
            }
            return mine;
        });

        ConversationView view = read();
        assertThat(view.length()).isEqualTo(THREADS * EACH);
        assertThat(sequences(view)).isEqualTo(numbers(1, THREADS * EACH));
        assertThat(view.messages())
                .containsExactlyInAnyOrderElementsOf(
                        receipts.stream().flatMap(List::stream).toList());
        for (int thread = 0; thread < THREADS; thread++) {
            String prefix = thread + ".";
            assertThat(ids(view).stream().filter(id -> id.startsWith(prefix)))
                    .as("the messages of thread %d", thread)
                    .containsExactlyElementsOf(messages(prefix, EACH).stream()
                            .map(m -> m.id().value())
                            .toList());
        }
    }

    @Test
    @DisplayName("S4 the first messages of a conversation may come from many threads at once")
    void first() throws Exception {
        for (int round = 0; round < 10; round++) {
            ConversationId id = ConversationId.of(alex.agent().value(), "user-" + round);
            Concurrently.run(16, thread -> append(client(thread), id, batch(List.of(message("m" + (thread + 1))))));

            assertThat(ids(read(id)))
                    .containsExactlyInAnyOrderElementsOf(
                            messages("m", 16).stream().map(m -> m.id().value()).toList());
        }
    }

    @Test
    @DisplayName("S4 nothing is lost beside readers whose reads prolong the conversation")
    void besideReaders() throws Exception {
        Retention access = Retention.sinceLastAccess(HOUR);
        int appenders = 4;
        Concurrently.runDuring(
                thread -> Concurrently.run(appenders, appender -> {
                    for (Message message : messages(appender + ".", EACH)) {
                        append(client(appender), alex, batch(access, List.of(message)));
                    }
                    return appender;
                }),
                round -> client(0).read(alex, MessageRange.last(1), access),
                round -> client(1).read(alex, MessageRange.all(), access));

        assertThat(sequences(read())).isEqualTo(numbers(1, (long) appenders * EACH));
        assertThat(ids(read()))
                .containsExactlyInAnyOrderElementsOf(IntStream.range(0, appenders)
                        .boxed()
                        .flatMap(appender -> messages(appender + ".", EACH).stream())
                        .map(message -> message.id().value())
                        .toList());
    }
}
