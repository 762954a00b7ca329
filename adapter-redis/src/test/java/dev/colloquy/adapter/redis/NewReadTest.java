package dev.colloquy.adapter.redis;

import static dev.colloquy.adapter.redis.Conversations.ids;
import static dev.colloquy.adapter.redis.Conversations.message;
import static dev.colloquy.adapter.redis.Conversations.sequences;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.colloquy.adapter.redis.testing.RedisServer;
import dev.colloquy.domain.conversation.Append;
import dev.colloquy.domain.conversation.ConversationId;
import dev.colloquy.domain.conversation.ConversationView;
import dev.colloquy.domain.conversation.ExpectedPosition;
import dev.colloquy.domain.conversation.Message;
import dev.colloquy.domain.conversation.MessageRange;
import dev.colloquy.domain.error.StoredDataUnreadable;
import dev.colloquy.domain.retention.Retention;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;

@DisplayName("A read of a conversation whose end is known")
class NewReadTest {

    private static final ConversationId ALEX = ConversationId.of("onboarding", "alex");
    private static final String KEY = "onboarding:alex:conversation";
    private static final String FOREIGN = "{\"role\":\"user\",\"content\":\"from elsewhere\"}";

    private static RedisServer server;
    /** The store that reads. */
    private static RedisConversationStore store;
    /** Another process. */
    private static RedisConversationStore other;

    @BeforeAll
    static void start() {
        server = RedisServer.start();
        store = RedisConversationStore.connect(RedisHarness.patient(RedisSettings.of(server.url())));
        other = RedisConversationStore.connect(RedisHarness.patient(RedisSettings.of(server.url())));
        // So that the server knows the scripts: what is repeated with the source is no first attempt any more.
        say(store, "warm");
        say(other, "warmer");
        store.clear(ALEX);
        say(store, "warm");
        read();
        read();
    }

    @AfterAll
    static void stop() {
        store.close();
        other.close();
        server.close();
    }

    @BeforeEach
    void empty() {
        server.call("FLUSHALL");
    }

    /** Saves messages whose ids were made for this call, one by one. */
    private static void say(RedisConversationStore by, String... ids) {
        for (String id : ids) {
            by.append(ALEX, new Append(List.of(message(id)), ExpectedPosition.any(), Retention.DEFAULT, true));
        }
    }

    private static ConversationView read() {
        return Conversations.read(store, ALEX);
    }

    private static ConversationView last(int count) {
        return store.read(ALEX, MessageRange.last(count), Retention.DEFAULT);
    }

    /** What a read of everything had the server do. */
    private static Map<String, Long> commandsOfRead() {
        server.call("CONFIG", "RESETSTAT");
        read();
        Map<String, Long> calls = server.commandCalls();
        calls.keySet().removeAll(List.of("ping", "config|resetstat", "info", "time"));
        return calls;
    }

    @Test
    @DisplayName("gets no message when nothing is new, in one round trip")
    void nothingNew() {
        say(other, "a", "b", "c");
        ConversationView first = read();

        assertThat(commandsOfRead())
                .containsOnly(
                        Map.entry("evalsha", 1L),
                        Map.entry("lindex", 1L),
                        Map.entry("llen", 1L),
                        Map.entry("pttl", 1L));
        assertThat(read().messages()).isEqualTo(first.messages());
        assertThat(read().length()).isEqualTo(3);
        assertThat(ids(last(2))).containsExactly("b", "c");
        assertThat(last(2).length()).isEqualTo(3);
        assertThat(last(2).last()).isEqualTo(first.last());
    }

    @Test
    @DisplayName("says no earlier expiry if the question is on its way for a while")
    void laterAnswer() {
        say(other, "a");
        read();
        Instant expiry = Instant.ofEpochMilli(Long.parseLong(String.valueOf(server.call("PEXPIRETIME", KEY))));
        server.call("CLIENT", "PAUSE", "200");

        assertThat(read().expiresAt()).isAfterOrEqualTo(expiry.minusMillis(10));
    }

    @Test
    @DisplayName("gets the messages that are new, whoever wrote them")
    void someNew() {
        say(other, "a", "b");
        read();
        say(store, "c");
        say(other, "d");

        assertThat(commandsOfRead()).containsEntry("lrange", 1L).containsEntry("evalsha", 1L);
        server.call("RPUSH", KEY, FOREIGN);
        ConversationView view = read();
        assertThat(sequences(view)).containsExactly(1L, 2L, 3L, 4L, 5L);
        assertThat(view.messages().getLast().content()).isEqualTo("from elsewhere");
        assertThat(view.length()).isEqualTo(5);

        say(other, "e");
        assertThat(ids(read())).hasSize(6).endsWith("e");
        assertThat(ids(last(1))).containsExactly("e");
    }

    @Test
    @DisplayName("of the last ones keeps as many as were asked for")
    void window() {
        say(other, "a", "b", "c", "d", "e");
        assertThat(ids(last(3))).containsExactly("c", "d", "e");
        say(other, "f");
        assertThat(ids(last(3))).containsExactly("d", "e", "f");
        assertThat(ids(last(4))).containsExactly("c", "d", "e", "f");
        say(other, "g", "h", "i", "j", "k");
        assertThat(ids(last(3))).containsExactly("i", "j", "k");
        assertThat(sequences(last(3))).containsExactly(9L, 10L, 11L);
        assertThat(ids(read())).hasSize(11);
    }

    @Test
    @DisplayName("tells when it expires as it is now")
    void expiry() {
        say(other, "a", "b");
        read();
        server.call("PEXPIRE", KEY, "60000");
        assertThat(read().expiresAt())
                .isBetween(Instant.now().plusSeconds(50), Instant.now().plusSeconds(61));
        server.call("PERSIST", KEY);
        assertThat(read().expiresAt()).isNull();
    }

    @Test
    @DisplayName("shows nothing once it is gone")
    void gone() {
        say(other, "a", "b");
        read();
        server.call("DEL", KEY);
        assertThat(read().isEmpty()).isTrue();
        say(other, "c");
        assertThat(ids(read())).containsExactly("c");
    }

    @Test
    @DisplayName("shows what was said after a clear, and nothing from before")
    void cleared() {
        say(other, "a", "b");
        read();
        other.clear(ALEX);
        say(other, "c", "d");
        assertThat(ids(read())).containsExactly("c", "d");
        other.clear(ALEX);
        say(other, "e", "f", "g");
        assertThat(ids(read())).containsExactly("e", "f", "g");
        store.clear(ALEX);
        assertThat(read().isEmpty()).isTrue();
    }

    @Test
    @DisplayName("never takes an id of a caller's own for the message that had it before a clear")
    void reusedIds() {
        Conversations.save(other, ALEX, "1");
        Conversations.save(other, ALEX, "2");
        read();
        other.clear(ALEX);
        Message otherContent = new Message(
                message("1").id(),
                message("1").role(),
                "something else",
                message("1").at());
        other.append(ALEX, Append.of(Retention.DEFAULT, otherContent));
        Conversations.save(other, ALEX, "2");

        assertThat(read().messages().getFirst().content()).isEqualTo("something else");
    }

    /** Leaves p, q, x and y: the x that is known was cleared, and its append, which had no answer, comes once more. */
    private static void appendKnownEndAgain() {
        say(other, "a", "b", "x");
        read();
        other.clear(ALEX);
        say(other, "p", "q");
        other.append(ALEX, Append.of(Retention.DEFAULT, message("x")));
        say(other, "y");
    }

    @Test
    @DisplayName("never takes a message that was appended once more after a clear for the one that it knows")
    void repeatedBehindClear() {
        appendKnownEndAgain();

        assertThat(ids(read())).containsExactly("p", "q", "x", "y");
        say(other, "z");
        assertThat(ids(read())).containsExactly("p", "q", "x", "y", "z");
    }

    @Test
    @DisplayName("never does so either if others wrote behind the trail that the repetition has left")
    void repeatedBeforeForeign() {
        appendKnownEndAgain();
        server.call("RPUSH", KEY, FOREIGN);
        say(other, "z");

        assertThat(ids(read())).startsWith("p", "q", "x", "y").endsWith("z");
    }

    @Test
    @DisplayName("shows what somebody took off either end or changed before something was known")
    void meddled() {
        say(other, "a", "b", "c");
        read();
        server.call("RPOP", KEY);
        assertThat(ids(read())).containsExactly("a", "b");
        say(other, "d");
        assertThat(ids(read())).containsExactly("a", "b", "d");
        server.call("LPOP", KEY);
        assertThat(ids(read())).containsExactly("b", "d");
        say(other, "e");
        assertThat(ids(read())).containsExactly("b", "d", "e");
        assertThat(sequences(read())).containsExactly(2L, 3L, 4L);
    }

    @Test
    @DisplayName("says what is unreadable, and that another type is no conversation")
    void unreadable() {
        say(other, "a");
        read();
        server.call("RPUSH", KEY, "failed");
        assertThatThrownBy(NewReadTest::read).isInstanceOf(StoredDataUnreadable.class);
        server.call("DEL", KEY);
        server.call("SADD", KEY, "member");
        assertThatThrownBy(NewReadTest::read).isInstanceOf(StoredDataUnreadable.class);
    }

    @Test
    @DisplayName("gets everything anew when a great deal is new")
    void muchNew() {
        say(other, "a");
        read();
        String[] more = IntStream.range(0, 40).mapToObj(i -> "m" + i).toArray(String[]::new);
        say(other, more);

        assertThat(commandsOfRead()).containsEntry("evalsha", 1L).containsEntry("llen", 2L);
        assertThat(ids(read())).hasSize(41).endsWith("m39");
    }

    @Test
    @DisplayName("that travels with others of other conversations gets its own answer")
    void together() {
        List<ConversationId> users = IntStream.range(0, 40)
                .mapToObj(i -> ConversationId.of("onboarding", "user" + i))
                .toList();
        for (ConversationId user : users) {
            other.append(
                    user,
                    new Append(List.of(message("of-" + user.user())), ExpectedPosition.any(), Retention.DEFAULT, true));
            Conversations.read(store, user);
        }
        other.clear(users.get(3));
        server.call("DEL", "onboarding:user4:conversation");
        server.call("SADD", "onboarding:user4:conversation", "member");
        try (ExecutorService callers = Executors.newVirtualThreadPerTaskExecutor()) {
            for (int round = 0; round < 20; round++) {
                List<CompletableFuture<List<String>>> reads = users.stream()
                        .map(user -> CompletableFuture.supplyAsync(() -> ids(store, user), callers))
                        .toList();
                for (int i = 0; i < reads.size(); i++) {
                    switch (i) {
                        case 3 ->
                            assertThat(reads.get(i))
                                    .succeedsWithin(Duration.ofSeconds(30))
                                    .isEqualTo(List.of());
                        case 4 ->
                            assertThat(reads.get(i))
                                    .failsWithin(Duration.ofSeconds(30))
                                    .withThrowableThat()
                                    .withCauseInstanceOf(StoredDataUnreadable.class);
                        default ->
                            assertThat(reads.get(i))
                                    .succeedsWithin(Duration.ofSeconds(30))
                                    .isEqualTo(List.of("of-user" + i));
                    }
                }
            }
        }
    }
}
