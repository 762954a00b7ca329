package dev.colloquy.store.tck;

import static dev.colloquy.store.tck.Samples.HOUR;
import static dev.colloquy.store.tck.Samples.WEEK;
import static dev.colloquy.store.tck.Samples.batch;
import static dev.colloquy.store.tck.Samples.ids;
import static dev.colloquy.store.tck.Samples.message;
import static dev.colloquy.store.tck.Samples.messages;
import static dev.colloquy.store.tck.Samples.newAgent;
import static org.assertj.core.api.Assertions.assertThat;

import dev.colloquy.domain.conversation.Append;
import dev.colloquy.domain.conversation.ConversationId;
import dev.colloquy.domain.conversation.MessageRange;
import dev.colloquy.domain.retention.Retention;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.function.Supplier;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;

/** S1: a conversation is one agent and one user. */
abstract class IsolationClause extends Clause {

    IsolationClause(Supplier<StoreHarness> harness) {
        super(harness);
    }

    /** Conversations that a store could take for one another: by joining names, by folding case, by trimming, by patterns. */
    private static List<ConversationId> lookalikes() {
        String agent = newAgent();
        List<ConversationId> ids = new ArrayList<>();
        for (String joint : List.of("", "-", ".", "_")) {
            ids.add(ConversationId.of(agent + joint + "b", "c"));
            ids.add(ConversationId.of(agent, "b" + joint + "c"));
            ids.add(ConversationId.of(agent, joint + "b" + joint + "c"));
        }
        for (String last : List.of("y", "z")) {
            ids.add(ConversationId.of(agent + "x".repeat(63 - agent.length()) + last, "alex"));
            ids.add(ConversationId.of(agent, "x".repeat(255) + last));
        }
        for (String user : List.of(
                "alex",
                "Alex",
                "alexa",
                "alex ",
                " alex",
                "alex:",
                ":alex",
                "alex:conversation",
                "a:b",
                "a::b",
                "{alex}",
                "al?x",
                "[a]lex",
                "alex*",
                "*",
                "?",
                "alex\\",
                "al/ex",
                "al%2Fex",
                "alex\u200D",
                "é",
                "e\u0301",
                "É",
                "😀",
                "😁",
                // Their String.hashCode is the same.
                "Aa",
                "BB",
                "ﬀ",
                "ff",
                "0",
                "00")) {
            ids.add(ConversationId.of(agent, user));
        }
        // All names of agents begin with tck, so only what follows may change its case.
        for (String end : List.of("q", "Q")) {
            ids.add(ConversationId.of(agent + end, "alex"));
        }
        return ids.stream().distinct().toList();
    }

    @Test
    @DisplayName("S1 conversations with similar names do not mix")
    void similarNames() {
        List<ConversationId> all = lookalikes();
        for (int i = 0; i < all.size(); i++) {
            append(store, all.get(i), Append.of(WEEK, message("m" + i)));
        }

        for (int i = 0; i < all.size(); i++) {
            assertThat(ids(read(all.get(i)))).as("of %s", all.get(i)).containsExactly("m" + i);
        }
    }

    @Test
    @DisplayName("S1 clearing one conversation leaves those with similar names alone, whichever it is")
    void clear() throws Exception {
        int threads = 8;
        // Each has conversations of its own. One thread alone would take long on a server that is far away.
        Concurrently.run(threads, thread -> {
            List<ConversationId> all = lookalikes();
            for (ConversationId id : all) {
                append(store, id, Append.of(WEEK, message("m")));
            }
            for (int i = thread; i < all.size(); i += threads) {
                assertOnlyCleared(all.get(i), all);
            }
            return thread;
        });
    }

    private void assertOnlyCleared(ConversationId cleared, List<ConversationId> all) {
        store.clear(cleared);

        assertThat(all.stream().filter(id -> read(id).isEmpty()))
                .as("empty after the clear of %s", cleared)
                .containsExactly(cleared);
        append(store, cleared, Append.of(WEEK, message("m")));
    }

    @Test
    @DisplayName("S1 the same message id may be used in every conversation, with different content")
    void sameMessageId() {
        ConversationId blake = ConversationId.of(alex.agent().value(), "blake");
        append(message("m", "what-alex-says"));

        assertThat(append(store, blake, Append.of(WEEK, message("m", "what-blake-says")))
                        .replay())
                .isFalse();
        assertThat(read(alex).messages().getFirst().content()).isEqualTo("what-alex-says");
        assertThat(read(blake).messages().getFirst().content()).isEqualTo("what-blake-says");
    }

    @Test
    @DisplayName("S1 neither an append nor a read prolongs another conversation of the agent or of the user")
    void lives() {
        Retention access = Retention.sinceLastAccess(HOUR);
        List<ConversationId> others =
                List.of(ConversationId.of(alex.agent().value(), "blake"), ConversationId.of(newAgent(), "alex"));
        others.forEach(other -> append(store, other, Append.of(access, message("m"))));
        append(Append.of(access, message("m")));
        harness.passTime(Duration.ofMinutes(20));

        store.read(alex, MessageRange.all(), access);
        append(Append.of(access, message("n")));

        for (ConversationId other : others) {
            assertTimeLeft(Optional.ofNullable(read(other).expiresAt()), Duration.ofMinutes(40));
        }
    }

    @Test
    @DisplayName("S1 conversations that grow at the same time do not mix")
    void concurrently() throws Exception {
        int conversations = 16;
        int length = 50;
        List<ConversationId> all = Concurrently.run(conversations, thread -> {
            ConversationId id = ConversationId.of(alex.agent().value(), "user-" + thread);
            for (var message : messages(thread + ".", length)) {
                append(client(thread), id, batch(List.of(message)));
            }
            return id;
        });

        for (int i = 0; i < conversations; i++) {
            String prefix = i + ".";
            assertThat(ids(read(all.get(i))))
                    .containsExactlyElementsOf(messages(prefix, length).stream()
                            .map(m -> m.id().value())
                            .toList());
        }
    }
}
