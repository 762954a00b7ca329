package dev.colloquy.store.tck;

import static dev.colloquy.store.tck.Samples.NOON;
import static dev.colloquy.store.tck.Samples.WEEK;
import static dev.colloquy.store.tck.Samples.ids;
import static dev.colloquy.store.tck.Samples.message;
import static dev.colloquy.store.tck.Samples.messages;
import static dev.colloquy.store.tck.Samples.with;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.colloquy.domain.conversation.Append;
import dev.colloquy.domain.conversation.ConversationView;
import dev.colloquy.domain.conversation.Message;
import dev.colloquy.domain.conversation.MessageId;
import dev.colloquy.domain.conversation.Role;
import dev.colloquy.domain.error.MessageIdConflict;
import dev.colloquy.domain.retention.Retention;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.function.Supplier;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;

/** S5, second half: a known id is refused when the batch is not a repeat, and nothing is written. */
abstract class ConflictClause extends Clause {

    ConflictClause(Supplier<StoreHarness> harness) {
        super(harness);
    }

    @Test
    @DisplayName("S5 a known id with other content, another role or other metadata is refused")
    void otherContent() {
        append(message("a"), message("b"), message("c"));

        for (Message other : List.of(
                message("b", "something-else"),
                message("b", ""),
                message("b", message("b").content().toUpperCase(Locale.ROOT)),
                // The String.hashCode of "dP" is that of "co".
                message("b", message("b").content().replaceFirst("^co", "dP")),
                new Message(new MessageId("b"), Role.AGENT, message("b").content(), NOON),
                with(Map.of("lang", "en"), message("b")))) {
            assertRefused(Append.of(WEEK, other), "b");
        }
    }

    @Test
    @DisplayName("S5 content that differs only in spaces or line ends at its ends is other content")
    void spacesAtTheEnds() {
        append(message("a", "text"), message("b", "text "));
        if (!read().messages().getLast().content().equals("text ")) {
            // That it must be kept so, the clause on fidelity says.
            return;
        }

        assertRefused(Append.of(WEEK, message("a", "text ")), "a");
        assertRefused(Append.of(WEEK, message("a", "text\n")), "a");
        assertRefused(Append.of(WEEK, message("a", " text")), "a");
        assertRefused(Append.of(WEEK, message("b", "text")), "b");
    }

    @Test
    @DisplayName("S5 what differs only in where role, content and metadata begin is something else")
    void boundaries() {
        MessageId id = new MessageId("m");
        append(new Message(id, new Role("ab"), "cd", NOON, Map.of("k", "v, l=w")));

        assertRefused(Append.of(WEEK, new Message(id, new Role("abc"), "d", NOON, Map.of("k", "v, l=w"))), "m");
        assertRefused(Append.of(WEEK, new Message(id, new Role("ab"), "cd", NOON, Map.of("k", "v", "l", "w"))), "m");
    }

    @Test
    @DisplayName("S5 a known id with metadata left out or changed is refused")
    void otherMetadata() {
        Message german = with(Map.of("lang", "de", "voice", "on"), message("m"));
        append(german);

        for (Map<String, String> other :
                List.of(Map.<String, String>of(), Map.of("lang", "de"), Map.of("lang", "en", "voice", "on"))) {
            assertRefused(Append.of(WEEK, with(other, german)), "m");
        }
    }

    @Test
    @DisplayName("S5 of different batches under the same ids that arrive at once one is stored, the others are refused")
    void differentAtOnce() throws Exception {
        append(message("before"));

        List<Boolean> stored = Concurrently.run(16, thread -> {
            try {
                append(client(thread), alex, Append.of(WEEK, message("m", "from-" + thread), message("n")));
                return true;
            } catch (MessageIdConflict refused) {
                return false;
            }
        });

        assertThat(stored).filteredOn(Boolean::booleanValue).hasSize(1);
        assertThat(read().messages().get(1).content()).isEqualTo("from-" + stored.indexOf(true));
        assertThat(ids(read())).containsExactly("before", "m", "n");
    }

    @Test
    @DisplayName("S5 a batch of which only a part is known is refused, whichever part it is")
    void partlyKnown() {
        append(message("a"), message("b"), message("c"));

        assertRefused(Append.of(WEEK, message("c"), message("new")), "c");
        assertRefused(Append.of(WEEK, message("new"), message("a")), "a");
        assertRefused(Append.of(WEEK, message("new"), message("b"), message("newer")), "b");
    }

    @Test
    @DisplayName("S5 known messages in another order, or with one left out, are refused")
    void otherOrder() {
        append(message("a"), message("b"), message("c"));

        assertRefused(Append.of(WEEK, message("b"), message("a")), "b");
        assertRefused(Append.of(WEEK, message("a"), message("c")), "a");
    }

    @Test
    @DisplayName("S5 a known id with other content, role or metadata is refused also if the cap dropped the message")
    void droppedByCap() {
        Retention one = WEEK.keepingAtMost(1);
        for (Message message : messages("m", 20)) {
            append(Append.of(one, message));
        }

        for (Message other : List.of(
                message("m3", "something-else"),
                new Message(new MessageId("m3"), Role.AGENT, message("m3").content(), NOON),
                with(Map.of("lang", "en"), message("m3")))) {
            assertRefused(Append.of(one, other), "m3");
        }
    }

    @Test
    @DisplayName("S5 a late first attempt that is no repeat is refused as well: other content, or only a part is known")
    void lateFirstAttempt() {
        append(message("a"), message("b"));

        assertRefused(Append.of(WEEK, message("a", "something-else")).asFirstAttempt(), "a");
        assertRefused(Append.of(WEEK, message("b"), message("new")).asFirstAttempt(), "b");
        assertRefused(Append.of(WEEK, message("new"), message("a")).asFirstAttempt(), "a");
    }

    private void assertRefused(Append append, String messageId) {
        ConversationView before = read();
        assertThatThrownBy(() -> store.append(alex, append))
                .isInstanceOfSatisfying(
                        MessageIdConflict.class,
                        conflict -> assertThat(conflict.messageId()).isEqualTo(messageId));
        Differences.assertSame("what is stored", read().messages(), before.messages());
        assertThat(read().length()).isEqualTo(before.length());
    }
}
