package dev.colloquy.store.tck;

import static dev.colloquy.store.tck.Samples.HOUR;
import static dev.colloquy.store.tck.Samples.WEEK;
import static dev.colloquy.store.tck.Samples.message;
import static dev.colloquy.store.tck.Samples.newAgent;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.colloquy.domain.conversation.AgentId;
import dev.colloquy.domain.conversation.Append;
import dev.colloquy.domain.conversation.ConversationId;
import dev.colloquy.domain.conversation.ConversationPage;
import dev.colloquy.domain.conversation.MessageRange;
import dev.colloquy.domain.conversation.PageRequest;
import dev.colloquy.domain.error.InvalidValue;
import dev.colloquy.domain.retention.Retention;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.function.BiConsumer;
import java.util.function.Supplier;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;

/** S13: the conversations of one agent, by pages; each one that exists throughout is seen at least once. */
abstract class ListingClause extends Clause {

    ListingClause(Supplier<StoreHarness> harness) {
        super(harness);
    }

    private ConversationId begin(String agent, String user) {
        ConversationId id = ConversationId.of(agent, user);
        append(store, id, Append.of(WEEK, message("m")));
        return id;
    }

    @Test
    @DisplayName("S13 an agent without conversations has an empty listing that comes to an end")
    void none() {
        assertThat(list(alex.agent(), 10)).isEmpty();
    }

    @Test
    @DisplayName("S13 only the agent's own conversations are listed, also if agents' names begin with one another")
    void prefixes() {
        String agent = newAgent();
        List<String> agents = List.of(agent, agent + "-1", agent + ".1", agent + "_", agent + "1", agent + "1-1");
        List<String> users =
                List.of("u", "u:conversation", ":conversation", "u:v", "*", "?[u]*", "\\", "{u}", "é", "😀");
        for (String name : agents) {
            users.forEach(user -> begin(name, user));
            // Known to no other agent, so that it is seen if it leaks.
            begin(name, "user-of-" + name);
        }

        for (String name : agents) {
            for (int limit : List.of(1, 3, 1000)) {
                assertThat(list(new AgentId(name), limit))
                        .as("the conversations of %s by pages of %d", name, limit)
                        .containsOnly(Stream.concat(users.stream(), Stream.of("user-of-" + name))
                                .map(user -> ConversationId.of(name, user))
                                .toArray(ConversationId[]::new));
            }
        }
    }

    @Test
    @DisplayName("S13 a page holds about as many conversations as were asked for, at most three times as many")
    void pageSize() {
        int limit = 20;
        for (int i = 0; i < 10 * limit; i++) {
            begin(alex.agent().value(), "user-" + i);
        }
        assertThat(pages(store, alex.agent(), limit))
                .allSatisfy(
                        page -> assertThat(page.conversations()).as("a page").hasSizeLessThanOrEqualTo(3 * limit));
    }

    @Test
    @DisplayName("S13 an agent may have 300 conversations, and all are listed by pages of 150 and of 1,000")
    void largePages() throws Exception {
        int threads = 8;
        String agent = alex.agent().value();
        List<ConversationId> all = Concurrently.run(
                        threads,
                        thread -> IntStream.range(0, 300)
                                .filter(i -> i % threads == thread)
                                .mapToObj(i -> begin(agent, "user-" + i))
                                .toList())
                .stream()
                .flatMap(List::stream)
                .toList();

        for (int limit : List.of(150, 1000)) {
            assertThat(Set.copyOf(list(alex.agent(), limit)))
                    .as("listed by pages of %d", limit)
                    .isEqualTo(Set.copyOf(all));
        }
    }

    @Test
    @DisplayName("S13 cleared conversations are not listed")
    void cleared() {
        ConversationId kept = begin(alex.agent().value(), "kept");
        ConversationId cleared = begin(alex.agent().value(), "cleared");

        store.clear(cleared);

        assertThat(list(alex.agent(), 10)).containsOnly(kept);
    }

    @Test
    @DisplayName("S13 after an append and a clear at the same moment the listing shows what is there, and nothing else")
    void clearedAndBegun() throws Exception {
        String agent = alex.agent().value();
        List<ConversationId> there = new ArrayList<>();
        for (int i = 0; i < 30; i++) {
            ConversationId id = begin(agent, "user-" + i);
            Concurrently.run(
                    2,
                    thread -> thread == 0 ? client(0).clear(id) : append(client(1), id, Append.of(WEEK, message("n"))));
            if (!read(id).isEmpty()) {
                there.add(id);
            }
        }

        assertThat(Set.copyOf(list(alex.agent(), 10))).isEqualTo(Set.copyOf(there));
    }

    @Test
    @DisplayName("S13 what exists throughout is seen, by pages of 7, while others come and go")
    void comingAndGoing() throws Exception {
        String agent = alex.agent().value();
        List<ConversationId> steady = new ArrayList<>();
        for (int i = 0; i < 300; i++) {
            steady.add(begin(agent, "user-" + i));
        }

        Concurrently.runDuring(
                thread -> {
                    for (int i = 0; i < 3; i++) {
                        assertThat(list(alex.agent(), 7)).containsAll(steady);
                    }
                    return thread;
                },
                round -> comeAndGo(0, round),
                round -> comeAndGo(1, round));
    }

    private void comeAndGo(int client, int round) {
        ConversationId id = ConversationId.of(alex.agent().value(), "user-" + round % 300 + "-" + client);
        append(client(client), id, Append.of(WEEK, message("m")));
        if (round % 2 == 0) {
            client(client).clear(id);
        }
    }

    @Test
    @DisplayName("S13 the conversation at which a page ended may be cleared before the next page")
    void endOfPageCleared() {
        assertAllSeen((page, left) -> page.forEach(store::clear));
    }

    @Test
    @DisplayName("S13 conversations that go on before their page comes are seen all the same")
    void usedBetweenPages() {
        Retention access = Retention.sinceLastAccess(HOUR);

        assertAllSeen((page, left) -> left.forEach(id -> {
            append(store, id, Append.of(access, message("m-" + left.size())));
            store.read(id, MessageRange.all(), access);
        }));
    }

    /** @param betweenPages is handed each page, and what no page has shown so far */
    private void assertAllSeen(BiConsumer<List<ConversationId>, List<ConversationId>> betweenPages) {
        String agent = alex.agent().value();
        List<ConversationId> left = new ArrayList<>();
        for (int i = 10; i < 40; i++) {
            left.add(begin(agent, "user-" + i));
        }
        PageRequest request = PageRequest.first(4);
        for (boolean more = true; more; ) {
            var page = store.list(alex.agent(), request);
            left.removeAll(page.conversations());
            betweenPages.accept(page.conversations(), left);
            more = page.nextCursor().isPresent();
            request = page.nextCursor().map(request::after).orElse(request);
        }

        assertThat(left).as("never seen").isEmpty();
    }

    @Test
    @DisplayName("S13 users with the longest names are listed by pages of one")
    void longestNames() {
        List<ConversationId> all = Stream.of("x", "é", "%", "😀")
                .map(last -> begin(alex.agent().value(), "😀".repeat(255) + last))
                .toList();

        assertThat(list(alex.agent(), 1)).containsOnlyOnceElementsOf(all);
    }

    @Test
    @DisplayName("S13 a cursor of another agent's listing shows none of that agent's conversations")
    void anotherAgentsCursor() {
        String other = newAgent();
        for (int i = 0; i < 40; i++) {
            begin(alex.agent().value(), "user-" + i);
            begin(other, "other-" + i);
        }

        for (ConversationPage page : pages(store, alex.agent(), 4)) {
            List<ConversationId> listed = page.nextCursor()
                    .map(cursor -> listedBehind(new AgentId(other), cursor))
                    .orElse(List.of());
            assertThat(listed)
                    .extracting(id -> id.agent().value())
                    .allMatch(other::equals, "is of the agent that was asked for");
        }
    }

    /** The page behind a cursor, or none if the store takes the cursor for a foreign one. */
    private List<ConversationId> listedBehind(AgentId agent, String cursor) {
        try {
            return store.list(agent, PageRequest.first(4).after(cursor)).conversations();
        } catch (InvalidValue refused) {
            return List.of();
        }
    }

    @Test
    @DisplayName("S13 a cursor that no listing gave is refused")
    void foreignCursor() {
        begin(alex.agent().value(), "alex");

        assertThatThrownBy(() -> store.list(alex.agent(), PageRequest.first(10).after("no cursor of yours!")))
                .isInstanceOfSatisfying(
                        InvalidValue.class,
                        invalid -> assertThat(invalid.field()).isEqualTo("cursor"));
    }
}
