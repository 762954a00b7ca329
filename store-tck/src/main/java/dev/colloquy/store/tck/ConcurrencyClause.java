package dev.colloquy.store.tck;

import static dev.colloquy.store.tck.Samples.HOUR;
import static dev.colloquy.store.tck.Samples.WEEK;
import static dev.colloquy.store.tck.Samples.batch;
import static dev.colloquy.store.tck.Samples.ids;
import static dev.colloquy.store.tck.Samples.message;
import static dev.colloquy.store.tck.Samples.messages;
import static dev.colloquy.store.tck.Samples.numbers;
import static dev.colloquy.store.tck.Samples.sequences;
import static org.assertj.core.api.Assertions.assertThat;

import dev.colloquy.domain.conversation.Append;
import dev.colloquy.domain.conversation.ConversationId;
import dev.colloquy.domain.conversation.ConversationView;
import dev.colloquy.domain.conversation.Message;
import dev.colloquy.domain.conversation.MessageRange;
import dev.colloquy.domain.conversation.SequencedMessage;
import dev.colloquy.domain.retention.Retention;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.function.Supplier;
import java.util.stream.IntStream;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** S4: any number of concurrent appenders: nothing lost, nothing doubled, each caller's own order kept. */
abstract class ConcurrencyClause extends Clause {

    private static final int THREADS = 64;
    private static final int EACH = 20;
    private static final String FIRST_ATTEMPTS = "{displayName}: first attempts {0}";

    ConcurrencyClause(Supplier<StoreHarness> harness) {
        super(harness);
    }

    @ParameterizedTest(name = FIRST_ATTEMPTS)
    @ValueSource(booleans = {false, true})
    @DisplayName("S4 64 threads append to one conversation: nothing is lost, nothing doubled, each one's order kept")
    void messages64(boolean firstAttempts) throws Exception {
        List<List<SequencedMessage>> receipts = Concurrently.run(THREADS, thread -> {
            List<SequencedMessage> mine = new ArrayList<>();
            for (Message message : messages(thread + ".", EACH)) {
                mine.addAll(append(client(thread), alex, appendOf(WEEK, message, firstAttempts))
                        .messages());
            }
            return mine;
        });

        ConversationView view = read();
        assertThat(view.length()).isEqualTo(THREADS * EACH);
        assertThat(sequences(view)).isEqualTo(numbers(1, THREADS * EACH));
        Differences.assertSame("a read", view.messages(), inOrder(receipts));
        for (int thread = 0; thread < THREADS; thread++) {
            String prefix = thread + ".";
            assertThat(ids(view).stream().filter(id -> id.startsWith(prefix)))
                    .as("the messages of thread %d", thread)
                    .containsExactlyElementsOf(messages(prefix, EACH).stream()
                            .map(m -> m.id().value())
                            .toList());
        }
    }

    private static List<SequencedMessage> inOrder(List<List<SequencedMessage>> receipts) {
        return receipts.stream()
                .flatMap(List::stream)
                .sorted(Comparator.comparingLong(SequencedMessage::sequence))
                .toList();
    }

    private static Append appendOf(Retention retention, Message message, boolean firstAttempt) {
        Append append = Append.of(retention, message);
        return firstAttempt ? append.asFirstAttempt() : append;
    }

    @ParameterizedTest(name = FIRST_ATTEMPTS)
    @ValueSource(booleans = {false, true})
    @DisplayName("S4 under a cap, too, each message has a number of its own, and the latest are kept")
    void capped(boolean firstAttempts) throws Exception {
        int cap = 5;
        for (Retention.From from : Retention.From.values()) {
            ConversationId id = ConversationId.of(alex.agent().value(), from.name());
            Retention capped = new Retention(from, HOUR, cap);
            List<SequencedMessage> appended = inOrder(Concurrently.run(
                    16,
                    thread -> messages(thread + ".", EACH).stream()
                            .map(message -> append(client(thread), id, appendOf(capped, message, firstAttempts)))
                            .flatMap(receipt -> receipt.messages().stream())
                            .toList()));

            assertThat(appended).extracting(SequencedMessage::sequence).isEqualTo(numbers(1, 16 * EACH));
            assertThat(ids(read(id))).isEqualTo(ids(appended.subList(16 * EACH - cap, 16 * EACH)));
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
