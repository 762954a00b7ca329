package dev.colloquy.adapter.redis;

import static dev.colloquy.adapter.redis.Conversations.ids;
import static dev.colloquy.adapter.redis.Conversations.message;
import static dev.colloquy.adapter.redis.Conversations.save;
import static org.assertj.core.api.Assertions.assertThat;

import dev.colloquy.adapter.redis.testing.FreePort;
import dev.colloquy.adapter.redis.testing.RedisServer;
import dev.colloquy.domain.conversation.Append;
import dev.colloquy.domain.conversation.ConversationId;
import dev.colloquy.domain.conversation.Message;
import dev.colloquy.domain.conversation.Receipt;
import dev.colloquy.domain.error.ColloquyException;
import dev.colloquy.domain.error.StoreAccessRefused;
import dev.colloquy.domain.error.StoreLimitReached;
import dev.colloquy.domain.error.StoredDataUnreadable;
import dev.colloquy.domain.retention.Retention;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.ConcurrentSkipListMap;
import java.util.concurrent.CountDownLatch;
import java.util.stream.IntStream;
import org.assertj.core.api.InstanceOfAssertFactories;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;

@DisplayName("Appends that one command carries out")
class JoinedAppendsTest {

    private static final int CONVERSATIONS = 40;
    private static final int MESSAGES = 25;

    private final Queue<Integer> batches = new ConcurrentLinkedQueue<>();
    private final Queue<RedisListener.Event> events = new ConcurrentLinkedQueue<>();
    private RedisServer server;
    private RedisConversationStore store;

    private void open(RedisServer.Builder builder) {
        server = builder.start();
    }

    private void connect() {
        connect(server.url());
    }

    private void connect(String url) {
        store = RedisConversationStore.connect(RedisHarness.patient(RedisSettings.of(url)), new RedisListener() {
            @Override
            public void on(Event event) {
                events.add(event);
            }

            @Override
            public void sent(int calls) {
                batches.add(calls);
            }
        });
    }

    @AfterEach
    void close() {
        store.close();
        server.close();
    }

    private static ConversationId user(int number) {
        return ConversationId.of("onboarding", "user-" + number);
    }

    /** Each user saves messages, one after the other; all users at once. Gives the errors, by user. */
    private Map<Integer, ColloquyException> saveAtOnce() throws InterruptedException {
        return saveAtOnce(1);
    }

    /** The same with so many messages for each append. */
    private Map<Integer, ColloquyException> saveAtOnce(int together) throws InterruptedException {
        Map<Integer, ColloquyException> errors = new ConcurrentSkipListMap<>();
        CountDownLatch start = new CountDownLatch(1);
        List<Thread> users = new ArrayList<>();
        for (int i = 0; i < CONVERSATIONS; i++) {
            int user = i;
            users.add(Thread.ofVirtual().start(() -> {
                try {
                    start.await();
                    for (int m = 0; m < MESSAGES; m += together) {
                        Message[] batch = IntStream.range(m, m + together)
                                .mapToObj(number -> message("m" + number))
                                .toArray(Message[]::new);
                        store.append(
                                user(user), Append.of(Retention.DEFAULT, batch).asFirstAttempt());
                    }
                } catch (ColloquyException error) {
                    errors.put(user, error);
                } catch (InterruptedException interrupted) {
                    Thread.currentThread().interrupt();
                }
            }));
        }
        start.countDown();
        for (Thread user : users) {
            user.join();
        }
        return errors;
    }

    private void assertAllIn(int user) {
        List<String> expected = new ArrayList<>();
        for (int m = 0; m < MESSAGES; m++) {
            expected.add("m" + m);
        }
        assertThat(ids(store, user(user))).as("the messages of user %d", user).isEqualTo(expected);
    }

    private void assertAllInBut(int user) {
        for (int i = 0; i < CONVERSATIONS; i++) {
            if (i != user) {
                assertAllIn(i);
            }
        }
    }

    @Test
    @DisplayName("are all there, in order, with fewer script calls than appends")
    void fewer() throws Exception {
        open(RedisServer.builder());
        connect();

        assertThat(saveAtOnce()).isEmpty();

        for (int i = 0; i < CONVERSATIONS; i++) {
            assertAllIn(i);
        }
        long appends = CONVERSATIONS * MESSAGES;
        assertThat(batches).anyMatch(size -> size > 1);
        assertThat(server.commandCalls()).containsEntry("rpush", appends);
        assertThat(server.commandCalls().get("evalsha")).isLessThan(appends);
        assertThat(server.call("TTL", "onboarding:user-7:conversation")).isIn(604_799L, 604_800L);
    }

    @Test
    @DisplayName("may be of several messages each, if all are of as many")
    void batches() throws Exception {
        open(RedisServer.builder());
        connect();

        assertThat(saveAtOnce(5)).isEmpty();

        for (int i = 0; i < CONVERSATIONS; i++) {
            assertAllIn(i);
        }
        long appends = CONVERSATIONS * MESSAGES / 5;
        assertThat(server.commandCalls()).containsEntry("rpush", appends);
        assertThat(server.commandCalls().get("evalsha")).isLessThan(appends);
        Receipt.Stored turn = (Receipt.Stored) store.append(
                user(7),
                Append.of(Retention.DEFAULT, message("a"), message("b")).asFirstAttempt());
        assertThat(turn.firstSequence()).isEqualTo(MESSAGES + 1);
        assertThat(turn.lastSequence()).isEqualTo(MESSAGES + 2);
        assertThat(turn.length()).isEqualTo(MESSAGES + 2);
    }

    @Test
    @DisplayName("are among the first calls of a process, to a server that knows no script, without a failed attempt")
    void coldStart() throws Exception {
        open(RedisServer.builder());
        connect();
        for (int process = 0; process < 10; process++) {
            store.close();
            server.call("FLUSHALL");
            server.call("SCRIPT", "FLUSH");
            connect();

            assertThat(saveAtOnce()).isEmpty();
            assertThat(events).isEmpty();
        }
    }

    @Test
    @DisplayName("do not suffer from each other: a key of another type fails its own calls only")
    void otherType() throws Exception {
        open(RedisServer.builder());
        connect();
        server.call("HSET", "onboarding:user-3:conversation", "field", "value");

        assertThat(saveAtOnce())
                .containsOnlyKeys(3)
                .hasEntrySatisfying(3, error -> assertThat(error).isInstanceOf(StoredDataUnreadable.class));

        assertAllInBut(3);
        assertThat(server.call("HGET", "onboarding:user-3:conversation", "field"))
                .isEqualTo("value");
    }

    @Test
    @DisplayName("are stored once each while the server keeps forgetting its scripts")
    void scriptFlush() throws Exception {
        open(RedisServer.builder());
        connect();
        CountDownLatch done = new CountDownLatch(1);
        Thread flushing = Thread.ofVirtual().start(() -> {
            while (done.getCount() > 0) {
                server.call("SCRIPT", "FLUSH");
            }
        });

        Map<Integer, ColloquyException> errors = saveAtOnce();
        done.countDown();
        flushing.join();

        assertThat(errors).isEmpty();
        for (int i = 0; i < CONVERSATIONS; i++) {
            assertAllIn(i);
        }
    }

    @Test
    @DisplayName("are refused each where the server has no memory left, and nothing is written")
    void outOfMemory() throws Exception {
        open(RedisServer.builder());
        connect();
        save(store, user(0), "before");
        server.call("CONFIG", "SET", "maxmemory", "1");

        Map<Integer, ColloquyException> errors = saveAtOnce();
        server.call("CONFIG", "SET", "maxmemory", "0");

        assertThat(errors)
                .hasSize(CONVERSATIONS)
                .allSatisfy((user, error) -> assertThat(error).isInstanceOf(StoreLimitReached.class));
        assertThat(server.call("DBSIZE")).isEqualTo(1L);
    }

    @Test
    @DisplayName("do not suffer from each other: what the server's user may not do fails its own calls only")
    void permissions() throws Exception {
        open(RedisServer.builder().user("limited", "secret", "~onboarding:user-* +@all -lset"));
        connect(server.url("limited", "secret"));
        // So that the server knows the script: what it had to be told goes as a repetition, and begins a trail.
        save(store, user(CONVERSATIONS), "warm-up");
        server.call(
                "RPUSH",
                "onboarding:user-3:conversation",
                "{\"seq\":1,\"recent\":\"AAA\",\"at\":\"2026-03-01T12:00:00Z\",\"id\":\"m\",\"role\":\"user\",\"content\":\"\"}");

        assertThat(saveAtOnce())
                .containsOnlyKeys(3)
                .hasEntrySatisfying(3, error -> assertThat(error).isInstanceOf(StoreAccessRefused.class));

        assertAllInBut(3);
    }

    @Test
    @DisplayName("do not suffer from each other: a key that the server's user may not use fails its own calls only")
    void keyPermissions() throws Exception {
        open(RedisServer.builder().user("limited", "secret", "~onboarding:user-1* ~onboarding:user-2* +@all"));
        connect(server.url("limited", "secret"));

        Map<Integer, ColloquyException> errors = saveAtOnce();

        for (int i = 0; i < CONVERSATIONS; i++) {
            if (Integer.toString(i).startsWith("1") || Integer.toString(i).startsWith("2")) {
                assertAllIn(i);
            } else {
                assertThat(errors.get(i)).as("user %d", i).isInstanceOf(StoreAccessRefused.class);
            }
        }
    }

    @Test
    @DisplayName("are late each for itself: one caller's deadline that is over refuses nobody else")
    void late() {
        open(RedisServer.builder());
        connect();
        String[] keys = {"onboarding:user-1:conversation", "onboarding:user-2:conversation"};
        String body = "\"at\":\"2026-03-01T12:00:00Z\",\"id\":\"m\",\"role\":\"user\",\"content\":\"x\"}";

        Object answers = server.call(
                "EVAL",
                Script.APPEND.plain().source(),
                "2",
                keys[0],
                keys[1],
                "5 m604800000 0 n ",
                body,
                body,
                "0 99999999999999 ");

        assertThat(answers)
                .asInstanceOf(InstanceOfAssertFactories.LIST)
                .startsWith(List.of("late"), List.of(1L, 1L, 604_800_000L, "new"));
        assertThat(server.call("EXISTS", keys[0], keys[1])).isEqualTo(1L);
        assertThat(ids(store, user(2))).containsExactly("m");
    }

    @Test
    @DisplayName("are sent one by one to a node of a cluster that was taken for a single server")
    void crossSlot() throws Exception {
        // The usual one, 10000 above the server's own, may be none.
        String busPort = Integer.toString(FreePort.find());
        open(RedisServer.builder().set("cluster-enabled", "yes").set("cluster-port", busPort));
        server.call("CLUSTER", "ADDSLOTSRANGE", "0", "16383");
        long deadline = System.nanoTime() + 20_000_000_000L;
        while (!String.valueOf(server.call("CLUSTER", "INFO")).contains("cluster_state:ok")
                && System.nanoTime() < deadline) {
            Thread.onSpinWait();
        }
        connect();

        assertThat(saveAtOnce()).isEmpty();

        for (int i = 0; i < CONVERSATIONS; i++) {
            assertAllIn(i);
        }
    }
}
