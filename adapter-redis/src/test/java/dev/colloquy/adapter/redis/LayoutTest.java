package dev.colloquy.adapter.redis;

import static dev.colloquy.adapter.redis.Conversations.ids;
import static dev.colloquy.adapter.redis.Conversations.message;
import static dev.colloquy.adapter.redis.Conversations.read;
import static dev.colloquy.adapter.redis.Conversations.save;
import static dev.colloquy.adapter.redis.Conversations.sequences;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.colloquy.adapter.redis.testing.RawRedis;
import dev.colloquy.adapter.redis.testing.RedisServer;
import dev.colloquy.domain.conversation.Append;
import dev.colloquy.domain.conversation.ConversationId;
import dev.colloquy.domain.conversation.ConversationView;
import dev.colloquy.domain.conversation.ExpectedPosition;
import dev.colloquy.domain.conversation.Message;
import dev.colloquy.domain.conversation.MessageRange;
import dev.colloquy.domain.conversation.Receipt;
import dev.colloquy.domain.conversation.Role;
import dev.colloquy.domain.error.ConversationChanged;
import dev.colloquy.domain.error.MessageIdConflict;
import dev.colloquy.domain.error.StoreAccessRefused;
import dev.colloquy.domain.error.StoreLimitReached;
import dev.colloquy.domain.error.StoredDataUnreadable;
import dev.colloquy.domain.retention.Retention;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.ValueSource;

@DisplayName("What is in Redis")
class LayoutTest {

    private static final ConversationId ALEX = ConversationId.of("onboarding", "alex");
    private static final String KEY = "onboarding:alex:conversation";
    private static final String LEGACY = "[{\"role\":\"agent\",\"content\":\"What's your name?\"}, "
            + "{\"role\":\"user\",\"content\":\"A \\\"l]e{x\\\\\"}]";

    private static RedisServer server;
    private static RedisConversationStore store;
    private static RawRedis redis;

    @BeforeAll
    static void start() {
        server = RedisServer.start();
        store = RedisConversationStore.connect(RedisHarness.patient(RedisSettings.of(server.url())));
        redis = server.connect();
    }

    @AfterAll
    static void stop() {
        store.close();
        redis.close();
        server.close();
    }

    @BeforeEach
    void empty() {
        redis.call("FLUSHALL");
    }

    @Test
    @DisplayName(
            "behind a conversation that the cap has cut, what others wrote goes on with its numbers, however little is read")
    void foreignBehindCut() {
        Retention two = Retention.DEFAULT.keepingAtMost(2);
        for (int i = 1; i <= 5; i++) {
            store.append(ALEX, Append.of(two, message("m" + i)));
        }
        for (int i = 6; i <= 8; i++) {
            server.call("RPUSH", KEY, "{\"role\":\"user\",\"content\":\"" + i + "\"}");
        }

        assertThat(sequences(store.read(ALEX, MessageRange.last(2), Retention.DEFAULT)))
                .containsExactly(7L, 8L);
        assertThat(sequences(store.read(ALEX, MessageRange.last(4), Retention.DEFAULT)))
                .containsExactly(5L, 6L, 7L, 8L);
        assertThat(sequences(store.read(ALEX, MessageRange.all(), Retention.DEFAULT)))
                .containsExactly(4L, 5L, 6L, 7L, 8L);
    }

    @Test
    @DisplayName("is a list of JSON objects under agent:user:conversation, that lives for 604800 s")
    void list() {
        save(store, ALEX, "a");
        save(store, ALEX, "b");

        assertThat(redis.list("KEYS", "*")).containsExactly(KEY);
        assertThat(redis.text("TYPE", KEY)).isEqualTo("list");
        assertThat(redis.number("TTL", KEY)).isBetween(604_790L, 604_800L);
        List<String> elements = redis.list("LRANGE", KEY, "0", "-1");
        assertThat(elements).hasSize(2);
        assertThat(elements.getFirst())
                .isEqualTo("{\"seq\":1,\"at\":\"2026-03-01T12:00:00Z\",\"id\":\"a\",\"role\":\"user\","
                        + "\"content\":\"content of a\"}");
        assertThat(elements.getLast()).contains("\"recent\":\"").contains("\"role\":\"user\"");
    }

    @Test
    @DisplayName("has the trail of ids in its last message only, also behind a batch")
    void trail() {
        save(store, ALEX, "a");
        save(store, ALEX, "b", "c");

        List<String> elements = redis.list("LRANGE", KEY, "0", "-1");
        assertThat(elements.getLast()).contains("\"recent\":");
        assertThat(elements.subList(0, 2)).noneMatch(element -> element.contains("\"recent\":"));
    }

    @Test
    @DisplayName("has a trail that reaches as far back as the horizon, behind batches and single messages")
    void horizon() {
        for (int batch = 0; batch < 3; batch++) {
            String start = batch + "-";
            save(store, ALEX, IntStream.range(0, 50).mapToObj(i -> start + i).toArray(String[]::new));
        }
        assertThat(redis.text("LINDEX", KEY, "-1")).containsPattern("\"recent\":\"[^\"]{384}\",");
        save(store, ALEX, "single");
        assertThat(redis.text("LINDEX", KEY, "-1")).containsPattern("\"recent\":\"[^\"]{384}\",");
    }

    @Test
    @DisplayName("remembers of what the cap has dropped no more than what it can recognise")
    void dropped() {
        Retention one = Retention.DEFAULT.keepingAtMost(1);
        for (int i = 0; i < 150; i++) {
            store.append(ALEX, Append.of(one, message("m" + i)));
        }
        assertThat(gone()).hasSize(127).first().asString().startsWith("23,");

        Message[] batch =
                IntStream.range(0, 127).mapToObj(i -> message("n" + i)).toArray(Message[]::new);
        store.append(ALEX, Append.of(Retention.DEFAULT, batch));
        assertThat(gone()).isEmpty();
    }

    private static List<String> gone() {
        Matcher gone = Pattern.compile("\"gone\":\"([^\"]*)\"").matcher(redis.text("LINDEX", KEY, "-1"));
        return gone.find() ? List.of(gone.group(1).split(" ")) : List.of();
    }

    @Test
    @DisplayName("gets a time to live again with a repeated append, if somebody took it away")
    void persisted() {
        save(store, ALEX, "a");
        redis.call("PERSIST", KEY);

        Receipt.Stored receipt = save(store, ALEX, "a");

        assertThat(receipt.replay()).isTrue();
        assertThat(receipt.expiresAt()).isAfter(Instant.now().plus(Duration.ofDays(6)));
        assertThat(redis.number("TTL", KEY)).isBetween(604_790L, 604_800L);
    }

    @Test
    @DisplayName("is refused and left alone, if the user may not look at it")
    void notPermitted() {
        save(store, ALEX, "a");
        redis.call("ACL", "SETUSER", "blind", "on", ">secret", "~*", "+@all", "-lindex", "-lrange");
        RedisSettings settings = RedisHarness.patient(RedisSettings.of(server.url("blind", "secret")));
        try (RedisConversationStore blind = RedisConversationStore.connect(settings)) {
            assertThatThrownBy(() -> save(blind, ALEX, "b")).isInstanceOf(StoreAccessRefused.class);
            assertThatThrownBy(() -> blind.read(ALEX, MessageRange.after(0, 1), Retention.DEFAULT))
                    .isInstanceOf(StoreAccessRefused.class);
            assertThatThrownBy(() -> blind.clear(ALEX)).isInstanceOf(StoreAccessRefused.class);
        }
        assertThat(ids(store, ALEX)).containsExactly("a");
    }

    @ParameterizedTest
    @EnumSource
    @DisplayName("does not begin without a time to live: not if the user may not set it")
    void mayNotExpire(Retention.From from) {
        redis.call("ACL", "SETUSER", "timeless", "on", ">secret", "~*", "+@all", "-pexpire");
        RedisSettings settings = RedisHarness.patient(RedisSettings.of(server.url("timeless", "secret")));
        Retention retention = new Retention(from, Duration.ofDays(7), null);
        try (RedisConversationStore timeless = RedisConversationStore.connect(settings)) {
            assertThatThrownBy(() -> timeless.append(ALEX, Append.of(retention, message("a"))))
                    .isInstanceOf(StoreAccessRefused.class);
        }
        assertThat(redis.list("KEYS", "*")).isEmpty();
    }

    @Nested
    @DisplayName("A clear that has asked where the conversation ends")
    class Clear {

        @Test
        @DisplayName("asks again if the cap has dropped that message meanwhile")
        void endDropped() {
            Retention one = Retention.DEFAULT.keepingAtMost(1);
            for (String id : List.of("a", "b", "c")) {
                store.append(ALEX, Append.of(one, message(id)));
            }
            assertThat(clearUpTo("1:a")).containsExactly("3", "c", "ends");
            assertThat(redis.number("LLEN", KEY)).isEqualTo(1);
        }

        @ParameterizedTest
        @ValueSource(strings = {"2:other", "3:c", "5:e"})
        @DisplayName("removes nothing if the conversation began anew meanwhile")
        void begunAnew(String end) {
            save(store, ALEX, "a", "b");

            assertThat(clearUpTo(end)).containsExactly("cleared");
            assertThat(ids(store, ALEX)).containsExactly("a", "b");
        }

        @Test
        @DisplayName("removes what was appended behind it, too")
        void grown() {
            save(store, ALEX, "a", "b", "c");

            assertThat(clearUpTo("2:b")).containsExactly("cleared");
            assertThat(redis.number("EXISTS", KEY)).isZero();
        }

        private List<String> clearUpTo(String end) {
            String inTime = Instant.now().plusSeconds(60).toEpochMilli() + " ";
            return redis.list("EVAL", Script.CLEAR.plain().source(), "1", KEY, inTime + end);
        }
    }

    @Nested
    @DisplayName("Messages that another client pushed")
    class Foreign {

        @Test
        @DisplayName("are readable with only role and content, and get the numbers of their places")
        void readable() {
            save(store, ALEX, "a");
            redis.call("RPUSH", KEY, "{\"role\":\"agent\",\"content\":\"pushed\"}");
            save(store, ALEX, "b");

            ConversationView view = read(store, ALEX);
            assertThat(sequences(view)).containsExactly(1L, 2L, 3L);
            assertThat(view.messages().get(1).content()).isEqualTo("pushed");
            assertThat(view.messages().get(1).role()).isEqualTo(Role.AGENT);
            assertThat(ids(view)).startsWith("a").endsWith("b");
        }

        @Test
        @DisplayName("do not make the store forget which ids it knows")
        void idempotence() {
            save(store, ALEX, "a", "b");
            redis.call("RPUSH", KEY, "{\"role\":\"agent\",\"content\":\"pushed\"}");

            assertThat(save(store, ALEX, "a", "b").replay()).isTrue();
            assertThat(save(store, ALEX, "c").firstSequence()).isEqualTo(4);
            assertThat(save(store, ALEX, "a", "b").replay()).isTrue();
            assertThat(redis.number("LLEN", KEY)).isEqualTo(4);
        }

        @ParameterizedTest
        @ValueSource(
                strings = {
                    "{\"role\":\"agent\",\"content\":\"pushed\"}",
                    "{\"id\":\"theirs\",\"role\":\"agent\",\"content\":\"pushed\"}",
                    "{\"id\":\"not theirs\",\"id\":\"their\\/s\",\"role\":\"agent\",\"content\":\"pushed\"}",
                    "{\"id\":\"with a space\",\"role\":\"agent\",\"content\":\"pushed\"}",
                    "{\"id\":17,\"role\":\"agent\",\"content\":\"pushed\"}",
                    "{\"id\":null,\"seq\":7,\"role\":\"agent\",\"content\":\"pushed\"}",
                    "{\"seq\":1,\"at\":\"2026-03-01T12:00:00Z\",\"id\":\"org\\/ann\",\"role\":\"agent\",\"content\":\"pushed\"}",
                })
        @DisplayName("have an id that stays, so that a condition can name it")
        void stableId(String element) {
            redis.call("RPUSH", KEY, element);
            var position = read(store, ALEX).lastPosition().orElseThrow();

            store.append(ALEX, Append.of(Retention.DEFAULT, message("a")).expecting(ExpectedPosition.last(position)));

            assertThat(ids(store, ALEX)).containsExactly(position.id().value(), "a");
        }

        @Test
        @DisplayName("have an id that stays although theirs is too long")
        void longId() {
            stableId("{\"id\":\"" + "x".repeat(129) + "\",\"role\":\"agent\",\"content\":\"pushed\"}");
        }

        @ParameterizedTest
        @ValueSource(
                strings = {
                    "{\"role\":\"agent\",\"content\":\"pushed\",\"id\":\"their/s\"}",
                    "{\"seq\":1,\"at\":\"2026-03-01T12:00:00Z\",\"id\":\"their\\/s\",\"role\":\"agent\",\"content\":\"pushed\"}",
                })
        @DisplayName("keep their ids for themselves")
        void takenId(String element) {
            redis.call("RPUSH", KEY, element);

            assertThatThrownBy(() -> save(store, ALEX, "their/s")).isInstanceOf(MessageIdConflict.class);
        }

        @ParameterizedTest
        @ValueSource(
                strings = {
                    "\"seq\":50,\"role\"",
                    "\"seq\":1,\"role\"",
                    "\"seq\":3,\"recent\":\"news\",\"role\"",
                    "\"seq\":3,\"recent\":\"he said \\\"hi\\\"\",\"role\"",
                    "\"seq\":3,\"recent\":\"news\",\"gone\":\"news\",\"role\"",
                    "\"seq\":9,\"at\":null,\"role\"",
                })
        @DisplayName("count by their places and stay as they are, if only their first fields have the names of ours")
        void sameNames(String begin) {
            String element = "{" + begin + ":\"agent\",\"content\":\"pushed\"}";
            save(store, ALEX, "a", "b");
            redis.call("RPUSH", KEY, element);
            List<String> before = ids(store, ALEX);

            assertThat(sequences(read(store, ALEX))).containsExactly(1L, 2L, 3L);
            for (long after = 0; after < 3; after++) {
                assertThat(sequences(store.read(ALEX, MessageRange.after(after, 1), Retention.DEFAULT)))
                        .containsExactly(after + 1);
            }
            assertThat(save(store, ALEX, "a", "b").replay()).isTrue();
            assertThat(save(store, ALEX, "c").firstSequence()).isEqualTo(4);
            assertThat(ids(store, ALEX))
                    .startsWith(before.toArray(String[]::new))
                    .hasSize(4);
            assertThat(redis.text("LINDEX", KEY, "2")).isEqualTo(element);
        }

        @ParameterizedTest
        @ValueSource(strings = {"0", "12345678901234", "1234567890123456789", "1234567890123456789,\"recent\":\"\""})
        @DisplayName("count by their places, if they say a number that is none of ours")
        void foreignNumber(String number) {
            save(store, ALEX, "a", "b");
            String at = "\"at\":\"2026-03-01T12:00:00Z\",\"role\":\"agent\",\"content\":\"pushed\"}";
            redis.call("RPUSH", KEY, "{\"seq\":" + number + "," + at);

            assertThat(sequences(store.read(ALEX, MessageRange.after(0, 9), Retention.DEFAULT)))
                    .containsExactly(1L, 2L, 3L);
            Append append = Append.of(Retention.DEFAULT, message("c"));
            assertThat(store.append(ALEX, append.asFirstAttempt()))
                    .isInstanceOfSatisfying(
                            Receipt.Stored.class,
                            receipt -> assertThat(receipt.lastSequence()).isEqualTo(4));
            assertThat(sequences(read(store, ALEX))).containsExactly(1L, 2L, 3L, 4L);
        }

        @Test
        @DisplayName("may take away the last one")
        void popped() {
            save(store, ALEX, "a", "b", "c");
            redis.call("RPOP", KEY);

            assertThat(save(store, ALEX, "a", "b").replay()).isTrue();
            assertThat(save(store, ALEX, "c").replay()).isFalse();
            assertThat(sequences(read(store, ALEX))).containsExactly(1L, 2L, 3L);
        }

        @Test
        @DisplayName("may be many: five hundred without a number before the first of ours, and behind it")
        void many() {
            pushFiveHundred();
            assertThat(save(store, ALEX, "a").firstSequence()).isEqualTo(501);
            assertThat(store.read(ALEX, MessageRange.after(499, 2), Retention.DEFAULT)
                            .messages())
                    .extracting(message -> message.sequence())
                    .containsExactly(500L, 501L);
            pushFiveHundred();
            assertThat(save(store, ALEX, "b").firstSequence()).isEqualTo(1002);
        }

        private void pushFiveHundred() {
            for (int i = 0; i < 500; i++) {
                redis.call("RPUSH", KEY, "{\"role\":\"user\",\"content\":\"" + i + "\"}");
            }
        }

        @Test
        @DisplayName("without a time to live get one with the next append, whatever the period counts from")
        void timeToLive() {
            for (Retention.From from : Retention.From.values()) {
                redis.call("FLUSHALL");
                redis.call("RPUSH", KEY, "{\"role\":\"user\",\"content\":\"x\"}");
                store.append(ALEX, Append.of(new Retention(from, Duration.ofHours(1), null), message("a")));
                assertThat(redis.number("PTTL", KEY)).isBetween(1L, 3_600_000L);
            }
        }
    }

    @Nested
    @DisplayName("The older layout, one string with the array")
    class Legacy {

        @BeforeEach
        void set() {
            redis.call("SETEX", KEY, "1000", LEGACY);
        }

        @Test
        @DisplayName("is read as it is")
        void readable() {
            ConversationView view = read(store, ALEX);

            assertThat(view.messages())
                    .extracting(m -> m.content())
                    .containsExactly("What's your name?", "A \"l]e{x\\");
            assertThat(sequences(view)).containsExactly(1L, 2L);
            assertThat(view.expiresAt()).isBefore(Instant.now().plusSeconds(1001));
            assertThat(store.read(ALEX, MessageRange.after(1, 5), Retention.DEFAULT)
                            .messages())
                    .hasSize(1);
            assertThat(store.read(ALEX, MessageRange.last(1), Retention.DEFAULT).length())
                    .isEqualTo(2);
            assertThat(redis.text("TYPE", KEY)).isEqualTo("string");
        }

        @Test
        @DisplayName("becomes a list with the next append, its elements as they were, its time to live kept")
        void converted() {
            List<String> before = ids(store, ALEX);
            Retention fromFirst = Retention.sinceFirstMessage(Duration.ofDays(7));

            store.append(ALEX, Append.of(fromFirst, message("a")));

            assertThat(redis.text("TYPE", KEY)).isEqualTo("list");
            assertThat(redis.number("TTL", KEY)).isBetween(900L, 1000L);
            assertThat(redis.list("LRANGE", KEY, "0", "-1"))
                    .startsWith("{\"role\":\"agent\",\"content\":\"What's your name?\"}");
            assertThat(ids(store, ALEX))
                    .startsWith(before.toArray(new String[0]))
                    .endsWith("a");
            assertThat(save(store, ALEX, "a").replay()).isTrue();
        }

        @Test
        @DisplayName("gets a time to live with the next append if it had none")
        void withoutTimeToLive() {
            redis.call("SET", KEY, LEGACY);
            save(store, ALEX, "a");
            assertThat(redis.number("TTL", KEY)).isBetween(604_790L, 604_800L);
        }

        @Test
        @DisplayName("stays as it is when an append is refused")
        void refused() {
            Append onlyIfEmpty = Append.of(Retention.DEFAULT, message("a")).expecting(ExpectedPosition.empty());

            assertThatThrownBy(() -> store.append(ALEX, onlyIfEmpty)).isInstanceOf(ConversationChanged.class);

            assertThat(redis.text("GET", KEY)).isEqualTo(LEGACY);
        }

        @Test
        @DisplayName("is cleared as any other")
        void cleared() {
            store.clear(ALEX);
            assertThat(redis.number("EXISTS", KEY)).isZero();
        }

        @Test
        @DisplayName("stays as it is when Redis has no room")
        void full() {
            redis.call("CONFIG", "SET", "maxmemory", "1");
            try {
                assertThatThrownBy(() -> save(store, ALEX, "a")).isInstanceOf(StoreLimitReached.class);
            } finally {
                redis.call("CONFIG", "SET", "maxmemory", "0");
            }
            assertThat(redis.text("GET", KEY)).isEqualTo(LEGACY);
        }

        @ParameterizedTest
        @ValueSource(strings = {"-rpush", "-pexpire", "-del"})
        @DisplayName("stays as it is when the user may not push, set a time to live or remove")
        void notPermitted(String less) {
            redis.call("ACL", "SETUSER", "mute", "reset", "on", ">secret", "~*", "+@all", less);
            RedisSettings settings = RedisHarness.patient(RedisSettings.of(server.url("mute", "secret")));
            try (RedisConversationStore mute = RedisConversationStore.connect(settings)) {
                assertThatThrownBy(() -> save(mute, ALEX, "a")).isInstanceOf(StoreAccessRefused.class);
            }
            assertThat(redis.text("GET", KEY)).isEqualTo(LEGACY);
            assertThat(redis.number("TTL", KEY)).isBetween(900L, 1000L);
        }

        @Test
        @DisplayName("may be longer than Lua takes as arguments of one call")
        void thousands() {
            String element = "{\"role\":\"user\",\"content\":\"x\"}";
            redis.call("SET", KEY, "[" + element + ("," + element).repeat(9_999) + "]");

            assertThat(save(store, ALEX, "a").firstSequence()).isEqualTo(10_001);
            assertThat(redis.number("LLEN", KEY)).isEqualTo(10_001);
        }

        @Test
        @DisplayName("is read up to its end, however much is asked for")
        void everything() {
            for (MessageRange range :
                    List.of(MessageRange.last(Integer.MAX_VALUE), MessageRange.after(0, Integer.MAX_VALUE))) {
                assertThat(sequences(store.read(ALEX, range, Retention.DEFAULT)))
                        .as("%s", range)
                        .containsExactly(1L, 2L);
            }
        }

        @Test
        @DisplayName("may be an empty array")
        void empty() {
            redis.call("SET", KEY, "[]");
            assertThat(read(store, ALEX).isEmpty()).isTrue();
            assertThat(save(store, ALEX, "a").firstSequence()).isEqualTo(1);

            redis.call("SET", KEY, "[]");
            store.clear(ALEX);
            assertThat(redis.number("EXISTS", KEY)).isZero();
        }
    }

    @Nested
    @DisplayName("What is no conversation")
    class Unreadable {

        @Test
        @DisplayName("is refused and left alone: another type, or text that is not the older layout")
        void otherTypes() {
            redis.call("HSET", KEY, "secret", "value");
            assertUnreadable();
            assertThat(redis.text("HGET", KEY, "secret")).isEqualTo("value");
            redis.call("DEL", KEY);
            for (String text : List.of("secret", "{\"secret\":1}", "[\"secret\"]", "[[\"secret\"],[1]]", "[1")) {
                redis.call("SET", KEY, text);
                assertUnreadable();
                assertThat(redis.text("GET", KEY)).isEqualTo(text);
            }
        }

        private void assertUnreadable() {
            assertThatThrownBy(() -> read(store, ALEX))
                    .isInstanceOf(StoredDataUnreadable.class)
                    .hasMessageContaining("onboarding:alex")
                    .hasMessageNotContaining("secret");
            assertThatThrownBy(() -> save(store, ALEX, "a")).isInstanceOf(StoredDataUnreadable.class);
        }

        @Test
        @DisplayName("is named by its place, and the messages around it are not touched by an append")
        void element() {
            save(store, ALEX, "a", "b", "c");
            redis.call("LSET", KEY, "1", "secret");

            save(store, ALEX, "d");

            assertThatThrownBy(() -> read(store, ALEX))
                    .isInstanceOf(StoredDataUnreadable.class)
                    .hasMessageContaining("element 1")
                    .hasMessageNotContaining("secret");
            assertThat(redis.list("LRANGE", KEY, "0", "-1")).hasSize(4).contains("secret");
            assertThat(ids(store.read(ALEX, MessageRange.last(2), Retention.DEFAULT)))
                    .containsExactly("c", "d");
        }

        @Test
        @DisplayName("may be the last element, and nothing at all: a page that ends there says which")
        void emptyElement() {
            save(store, ALEX, "a");
            redis.call("RPUSH", KEY, "");

            assertThatThrownBy(() -> store.read(ALEX, MessageRange.after(2, 10), Retention.DEFAULT))
                    .isInstanceOf(StoredDataUnreadable.class)
                    .hasMessageContaining("element 1");
        }

        @Test
        @DisplayName("may be the time of a message that the cap has dropped, which shows when it is repeated")
        void droppedTime() {
            Retention two = Retention.DEFAULT.keepingAtMost(2);
            store.append(ALEX, Append.of(two, message("a")));
            String element = redis.list("LRANGE", KEY, "0", "0").getFirst();
            redis.call("LSET", KEY, "0", element.replaceFirst("\"at\":\"[^\"]+\"", "\"at\":\"yesterday\""));
            store.append(ALEX, Append.of(two, message("b")));
            store.append(ALEX, Append.of(two, message("c")));

            assertThatThrownBy(() -> store.append(ALEX, Append.of(two, message("a"))))
                    .isInstanceOf(StoredDataUnreadable.class)
                    .hasMessageContaining("the time of message 1")
                    .hasMessageNotContaining("yesterday")
                    .hasNoCause();
        }

        @Test
        @DisplayName("may stand in front of the first message, where nobody may add anything")
        void pushedInFront() {
            save(store, ALEX, "a", "b");
            redis.call("LPUSH", KEY, "{\"role\":\"user\",\"content\":\"secret\"}");

            assertThatThrownBy(() -> read(store, ALEX))
                    .isInstanceOf(StoredDataUnreadable.class)
                    .hasMessageContaining("in front of")
                    .hasMessageNotContaining("element 0")
                    .hasMessageNotContaining("secret");
            assertThat(ids(store.read(ALEX, MessageRange.last(2), Retention.DEFAULT)))
                    .containsExactly("a", "b");
        }

        @Test
        @DisplayName("may be a copy of an element, which nobody may add")
        void copied() {
            save(store, ALEX, "a", "b");
            redis.call("RPUSH", KEY, redis.text("LINDEX", KEY, "0"));

            assertThatThrownBy(() -> read(store, ALEX))
                    .isInstanceOf(StoredDataUnreadable.class)
                    .hasMessageContaining("copies");
        }

        @ParameterizedTest
        @ValueSource(strings = {"=", "=2026-03-01T12:00:00Z", "!"})
        @DisplayName("may stand where the second message of a repeated batch would be, which it is not")
        void insteadOfTheSecond(String element) {
            save(store, ALEX, "a");
            redis.call("RPUSH", KEY, element);

            assertThatThrownBy(() -> save(store, ALEX, "a", "b"))
                    .isInstanceOf(MessageIdConflict.class)
                    .hasMessageContaining("the batch goes on in another way");
        }

        @ParameterizedTest
        @ValueSource(strings = {"secret", "\"secret\"", "17", "true", "null", "[]"})
        @DisplayName("may be the last element, too")
        void lastElement(String element) {
            save(store, ALEX, "a", "b");
            redis.call("RPUSH", KEY, element);

            assertThat(save(store, ALEX, "a", "b").replay()).isTrue();
            assertThat(save(store, ALEX, "c").firstSequence()).isEqualTo(4);
        }
    }

    @Test
    @DisplayName("knows its ids after somebody pushed behind what the cap has dropped")
    void foreignBehindCap() {
        Retention two = Retention.DEFAULT.keepingAtMost(2);
        for (String id : List.of("a", "b", "c", "d")) {
            store.append(ALEX, Append.of(two, message(id)));
        }
        redis.call("RPUSH", KEY, "{\"role\":\"agent\",\"content\":\"pushed\"}");
        store.append(ALEX, Append.of(two, message("e")));

        assertKnown(two, "a", "b", "c", "d", "e");
    }

    @Test
    @DisplayName("knows its ids after somebody pushed twice and the cap has dropped messages in between")
    void foreignTwiceBehindCap() {
        Retention four = Retention.DEFAULT.keepingAtMost(4);
        for (String id : List.of("a", "b", "c", "d")) {
            store.append(ALEX, Append.of(four, message(id)));
        }
        for (String id : List.of("e", "f")) {
            redis.call("RPUSH", KEY, "{\"role\":\"agent\",\"content\":\"pushed\"}");
            store.append(ALEX, Append.of(four, message(id)));
        }

        assertKnown(four, "a", "b", "c", "d", "e", "f");
    }

    private static void assertKnown(Retention retention, String... ids) {
        for (String id : ids) {
            assertThat(store.append(ALEX, Append.of(retention, message(id))))
                    .isInstanceOfSatisfying(
                            Receipt.Stored.class,
                            receipt -> assertThat(receipt.replay()).as(id).isTrue());
        }
    }
}
