package dev.colloquy.store.tck;

import static dev.colloquy.store.tck.Samples.HOUR;
import static dev.colloquy.store.tck.Samples.WEEK;
import static dev.colloquy.store.tck.Samples.ids;
import static dev.colloquy.store.tck.Samples.message;
import static dev.colloquy.store.tck.Samples.messages;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.colloquy.domain.conversation.Append;
import dev.colloquy.domain.conversation.ConversationView;
import dev.colloquy.domain.conversation.ExpectedPosition;
import dev.colloquy.domain.conversation.Message;
import dev.colloquy.domain.conversation.MessageId;
import dev.colloquy.domain.conversation.MessageRange;
import dev.colloquy.domain.conversation.Position;
import dev.colloquy.domain.error.ConversationChanged;
import dev.colloquy.domain.retention.Retention;
import java.util.List;
import java.util.function.Supplier;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** S6: with an expected last position the append happens only if it still matches. */
abstract class ConditionalAppendClause extends Clause {

    private static final String FIRST_ATTEMPTS = "{displayName}: first attempts {0}";

    ConditionalAppendClause(Supplier<StoreHarness> harness) {
        super(harness);
    }

    private static ExpectedPosition last(long sequence, String id) {
        return ExpectedPosition.last(new Position(sequence, new MessageId(id)));
    }

    private static Append expecting(ExpectedPosition position, Message message) {
        return Append.of(WEEK, message).expecting(position);
    }

    private void assertRefused(ExpectedPosition position) {
        ConversationView before = read();
        for (Append append : List.of(
                Append.of(WEEK, message("refused")).asFirstAttempt(),
                Append.of(WEEK, message("refused")),
                Append.of(WEEK, message("refused"), message("refused-too")))) {
            assertThatThrownBy(() -> store.append(alex, append.expecting(position)))
                    .isInstanceOf(ConversationChanged.class)
                    .hasMessageContaining(alex.toString());
        }
        Differences.assertSame("what is stored", read().messages(), before.messages());
    }

    @Test
    @DisplayName("S6 the append happens if the conversation ends where expected")
    void met() {
        append(expecting(ExpectedPosition.empty(), message("a")));
        Position end = append(message("b"), message("c")).last();

        append(expecting(ExpectedPosition.last(end), message("d")));

        assertThat(ids(read())).containsExactly("a", "b", "c", "d");
    }

    @Test
    @DisplayName("S6 the append is refused if the conversation ends elsewhere, and nothing is written")
    void notMet() {
        append(message("a"), message("b"));

        assertRefused(ExpectedPosition.empty());
        assertRefused(last(1, "a"));
        assertRefused(last(2, "a"));
        assertRefused(last(2, "B"));
        assertRefused(last(1, "b"));
        assertRefused(last(3, "b"));
        assertThat(append(message("c")).firstSequence())
                .as("a refused append uses up no number")
                .isEqualTo(3);
    }

    @Test
    @DisplayName("S6 what counts is where the conversation ends, not where the client saw it end")
    void readBefore() {
        append(message("a"));
        Position seen = read().lastPosition().orElseThrow();
        append(harness.anotherClient(), alex, Append.of(WEEK, message("b")));

        assertThatThrownBy(() -> store.append(alex, expecting(ExpectedPosition.last(seen), message("c"))))
                .isInstanceOf(ConversationChanged.class);
        assertThat(ids(read())).containsExactly("a", "b");
    }

    @Test
    @DisplayName("S6 an unknown conversation does not end anywhere")
    void unknown() {
        assertRefused(last(1, "a"));
    }

    @Test
    @DisplayName("S6 a clear in between never matches by accident, also at the same number")
    void clear() {
        messages("old", 3).forEach(this::append);
        store.clear(alex);

        assertRefused(last(3, "old3"));
        messages("new", 3).forEach(this::append);
        assertRefused(last(3, "old3"));
    }

    @Test
    @DisplayName("S6 an expired conversation does not end where it ended")
    void expired() {
        append(Append.of(Retention.sinceLastMessage(HOUR), message("a")));
        harness.passTime(HOUR);

        // That it has expired, the clause on retention says.
        if (read().isEmpty()) {
            assertRefused(last(1, "a"));
        }
    }

    @Test
    @DisplayName("S6 the last position is found also if the cap dropped all but one message")
    void cap() {
        Retention one = WEEK.keepingAtMost(1);
        Position end = append(Append.of(one, message("first"))).last();
        for (Message message : messages("m", 10)) {
            end = append(Append.of(one, message).expecting(ExpectedPosition.last(end)))
                    .last();
        }

        assertThat(ids(read())).containsExactly("m10");
    }

    @ParameterizedTest(name = FIRST_ATTEMPTS)
    @ValueSource(booleans = {false, true})
    @DisplayName("S6 of many that expect the same position exactly one is appended")
    void oneWins(boolean firstAttempts) throws Exception {
        Position end = append(message("a")).last();

        List<Boolean> won = tryAtOnce(ExpectedPosition.last(end), firstAttempts);

        assertThat(won).filteredOn(Boolean::booleanValue).hasSize(1);
        assertThat(ids(read())).containsExactly("a", "m" + won.indexOf(true));
    }

    @ParameterizedTest(name = FIRST_ATTEMPTS)
    @ValueSource(booleans = {false, true})
    @DisplayName("S6 of many that expect no message exactly one begins the conversation")
    void oneBegins(boolean firstAttempts) throws Exception {
        List<Boolean> won = tryAtOnce(ExpectedPosition.empty(), firstAttempts);

        assertThat(won).filteredOn(Boolean::booleanValue).hasSize(1);
        assertThat(ids(read())).containsExactly("m" + won.indexOf(true));
    }

    @Test
    @DisplayName("S6 callers that read and try again until they match all get through, one behind the other")
    void tryAgain() throws Exception {
        int threads = 8;
        Concurrently.run(threads, thread -> {
            Message message = message("m" + thread);
            ExpectedPosition expected = ExpectedPosition.empty();
            while (!tryAppend(thread, expecting(expected, message))) {
                expected = client(thread)
                        .read(alex, MessageRange.last(1), WEEK)
                        .lastPosition()
                        .map(ExpectedPosition::last)
                        .orElse(ExpectedPosition.empty());
            }
            return thread;
        });

        assertThat(ids(read())).hasSize(threads).doesNotHaveDuplicates();
    }

    /** Whether each of 16 threads got through. */
    private List<Boolean> tryAtOnce(ExpectedPosition expected, boolean firstAttempts) throws Exception {
        return Concurrently.run(16, thread -> {
            Append append = expecting(expected, message("m" + thread));
            return tryAppend(thread, firstAttempts ? append.asFirstAttempt() : append);
        });
    }

    private boolean tryAppend(int client, Append append) {
        try {
            append(client(client), alex, append);
            return true;
        } catch (ConversationChanged lost) {
            return false;
        }
    }
}
