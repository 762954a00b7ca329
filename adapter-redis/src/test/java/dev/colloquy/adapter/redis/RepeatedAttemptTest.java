package dev.colloquy.adapter.redis;

import static dev.colloquy.adapter.redis.Conversations.ids;
import static dev.colloquy.adapter.redis.Conversations.message;
import static dev.colloquy.adapter.redis.Conversations.save;
import static org.assertj.core.api.Assertions.assertThat;

import dev.colloquy.adapter.redis.testing.Fault;
import dev.colloquy.adapter.redis.testing.FaultyProxy;
import dev.colloquy.adapter.redis.testing.RedisServer;
import dev.colloquy.domain.conversation.Append;
import dev.colloquy.domain.conversation.ConversationId;
import dev.colloquy.domain.conversation.Receipt;
import dev.colloquy.domain.retention.Retention;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

@DisplayName("An append whose attempt goes wrong is stored once")
class RepeatedAttemptTest {

    private static final ConversationId ALEX = ConversationId.of("onboarding", "alex");
    private static final Duration SOON = Duration.ofSeconds(20);

    private static RedisServer server;

    private final ConcurrentLinkedQueue<RedisListener.Event> events = new ConcurrentLinkedQueue<>();
    private FaultyProxy proxy;
    private RedisConversationStore store;
    private RedisConversationStore direct;

    @BeforeAll
    static void start() {
        server = RedisServer.start();
    }

    @AfterAll
    static void stop() {
        server.close();
    }

    @BeforeEach
    void open() {
        server.call("FLUSHALL");
        proxy = FaultyProxy.before(server.port());
        RedisSettings.Patience patience = new RedisSettings.Patience(
                Duration.ofSeconds(2),
                Duration.ofMillis(700),
                Duration.ofSeconds(15),
                3,
                Duration.ofMillis(10),
                1000,
                Duration.ofSeconds(1));
        store = RedisConversationStore.connect(RedisSettings.of(proxy.url()).withPatience(patience), events::add);
        direct = RedisConversationStore.connect(RedisHarness.patient(RedisSettings.of(server.url())));
        save(store, ALEX, "first");
        events.clear();
    }

    @AfterEach
    void close() {
        store.close();
        direct.close();
        proxy.close();
    }

    private CompletableFuture<Receipt.Stored> saving(String id) {
        return saving(id, false);
    }

    private CompletableFuture<Receipt.Stored> saving(String id, boolean firstAttempt) {
        Append append = Append.of(Retention.DEFAULT, message(id));
        return CompletableFuture.supplyAsync(
                () -> (Receipt.Stored) store.append(ALEX, firstAttempt ? append.asFirstAttempt() : append));
    }

    @ParameterizedTest(name = "said to be the first: {0}")
    @ValueSource(booleans = {false, true})
    @DisplayName("when the first attempt arrives after the second has succeeded")
    void zombie(boolean firstAttempt) throws Exception {
        Fault held = proxy.holdNextRequest("content of late");
        CompletableFuture<Receipt.Stored> receipt = saving("late", firstAttempt);
        assertThat(held.awaitStruck(SOON)).isTrue();

        assertThat(receipt.get(20, TimeUnit.SECONDS).replay()).isFalse();
        assertThat(save(store, ALEX, "after").lastSequence()).isEqualTo(3);
        letArrive(held);

        assertThat(ids(direct, ALEX)).containsExactly("first", "late", "after");
        assertThat(events).contains(RedisListener.Event.RETRIED);
    }

    @Test
    @DisplayName("and never again after a clear, when the first attempt arrives after that")
    void zombieAfterClear() throws Exception {
        Fault held = proxy.holdNextRequest("content of late");
        CompletableFuture<Receipt.Stored> receipt = saving("late");
        assertThat(held.awaitStruck(SOON)).isTrue();
        receipt.get(20, TimeUnit.SECONDS);

        direct.clear(ALEX);
        save(direct, ALEX, "next");
        letArrive(held);

        assertThat(ids(direct, ALEX)).containsExactly("next");
    }

    @Test
    @DisplayName("and a clear removes no conversation that began anew with the same message, when its attempt was late")
    void zombieClear() throws Exception {
        Fault held = proxy.holdNextRequest(" 1:first\r\n");
        CompletableFuture<?> cleared = CompletableFuture.runAsync(() -> store.clear(ALEX));
        assertThat(held.awaitStruck(SOON)).isTrue();
        cleared.get(20, TimeUnit.SECONDS);

        save(direct, ALEX, "first");
        letArrive(held);

        assertThat(ids(direct, ALEX)).containsExactly("first");
    }

    @Test
    @DisplayName("when the first attempt is still under way while another process appends")
    void zombieAmongOthers() throws Exception {
        Fault held = proxy.holdNextRequest("content of late");
        CompletableFuture<Receipt.Stored> receipt = saving("late");
        assertThat(held.awaitStruck(SOON)).isTrue();
        save(direct, ALEX, "other");
        held.release();

        assertThat(receipt.get(20, TimeUnit.SECONDS).firstSequence()).isEqualTo(3);
        assertThat(ids(direct, ALEX)).containsExactly("first", "other", "late");
    }

    @ParameterizedTest(name = "said to be the first: {0}")
    @ValueSource(booleans = {false, true})
    @DisplayName("when the reply is lost with its connection")
    void lostReply(boolean firstAttempt) throws Exception {
        Fault cut = proxy.cutNextReply("content of m", 0);
        assertStoredOnce(cut, firstAttempt);
    }

    @ParameterizedTest(name = "said to be the first: {0}")
    @ValueSource(booleans = {false, true})
    @DisplayName("when the reply is cut in the middle")
    void cutReply(boolean firstAttempt) throws Exception {
        Fault cut = proxy.cutNextReply("content of m", 5);
        assertStoredOnce(cut, firstAttempt);
    }

    @ParameterizedTest(name = "said to be the first: {0}")
    @ValueSource(booleans = {false, true})
    @DisplayName("when the reply never comes and the connection stays")
    void swallowedReply(boolean firstAttempt) throws Exception {
        Fault swallowed = proxy.swallowNextReply("content of m");
        assertStoredOnce(swallowed, firstAttempt);
    }

    @Test
    @DisplayName("when the request is cut in the middle")
    void cutRequest() throws Exception {
        Fault cut = proxy.cutNextRequest("content of m", 40);
        assertStoredOnce(cut, true);
    }

    private void assertStoredOnce(Fault fault, boolean firstAttempt) throws Exception {
        CompletableFuture<Receipt.Stored> receipt = saving("m", firstAttempt);
        assertThat(fault.awaitStruck(SOON)).isTrue();

        assertThat(receipt.get(20, TimeUnit.SECONDS).lastSequence()).isEqualTo(2);
        assertThat(ids(direct, ALEX)).containsExactly("first", "m");
        assertThat(events).contains(RedisListener.Event.RETRIED);
    }

    @Test
    @DisplayName("when the server has forgotten the scripts, and nobody else's call suffers")
    void scriptFlush() throws Exception {
        for (int i = 0; i < 5; i++) {
            server.call("SCRIPT", "FLUSH");
            int round = i;
            List<CompletableFuture<Receipt.Stored>> receipts = java.util.stream.IntStream.range(0, 20)
                    .mapToObj(caller -> saving(round + "-" + caller))
                    .toList();
            for (CompletableFuture<Receipt.Stored> receipt : receipts) {
                assertThat(receipt.get(20, TimeUnit.SECONDS).replay()).isFalse();
            }
        }
        assertThat(ids(direct, ALEX)).hasSize(101).doesNotHaveDuplicates();
        assertThat(events).isEmpty();
    }

    @Test
    @DisplayName("when it is repeated by the caller with a later time, after an unclear outcome")
    void repeatedByCaller() {
        save(store, ALEX, "m");
        Append later = Append.of(
                Retention.DEFAULT,
                new dev.colloquy.domain.conversation.Message(
                        message("m").id(),
                        message("m").role(),
                        message("m").content(),
                        Conversations.NOON.plusSeconds(9)));

        assertThat(((Receipt.Stored) direct.append(ALEX, later)).replay()).isTrue();
        assertThat(ids(direct, ALEX)).containsExactly("first", "m");
    }

    /** Lets a held request go, and waits until the server has run it. */
    private static void letArrive(Fault held) {
        long calls = scriptCalls();
        held.release();
        awaitScriptCalls(calls + 1);
    }

    private static long scriptCalls() {
        return server.commandCalls().getOrDefault("evalsha", 0L);
    }

    private static void awaitScriptCalls(long count) {
        long deadline = System.nanoTime() + SOON.toNanos();
        while (scriptCalls() < count && System.nanoTime() < deadline) {
            Thread.onSpinWait();
        }
        assertThat(scriptCalls()).as("the held attempt has arrived").isGreaterThanOrEqualTo(count);
    }
}
