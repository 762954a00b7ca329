package dev.colloquy.bootstrap.faults;

import static org.assertj.core.api.Assertions.assertThat;

import dev.colloquy.adapter.redis.testing.FaultyProxy;
import dev.colloquy.adapter.redis.testing.RawRedis;
import dev.colloquy.adapter.redis.testing.RedisServer;
import dev.colloquy.bootstrap.Agent;
import dev.colloquy.bootstrap.Colloquy;
import dev.colloquy.domain.conversation.ConversationView;
import dev.colloquy.domain.conversation.Receipt;
import dev.colloquy.domain.conversation.Role;
import dev.colloquy.domain.error.StoreAccessRefused;
import java.io.UncheckedIOException;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import java.util.stream.LongStream;

/** Colloquy in this process, behind a proxy a Redis of its own, and what was acknowledged. Used by one thread. */
final class Scene implements AutoCloseable {

    /** The user of every conversation here; also a marker that occurs in each request to Redis. */
    static final String ANN = "ann";

    private static final String KEY = "faults:ann:conversation";
    // Far more than the three seconds that recovery may take: a busy machine must not fail the test.
    private static final long DEADLINE_NANOS = TimeUnit.SECONDS.toNanos(20);

    /** Soon at an end, so that the test does not wait long for what must fail. */
    static final Map<String, String> IMPATIENT =
            Map.of("COLLOQUY_REDIS_ATTEMPT_TIMEOUT", "300ms", "COLLOQUY_REDIS_DEADLINE", "1s");

    /** Never at an end because the machine is busy, where the test is about an answer of Redis. */
    static final Map<String, String> PATIENT =
            Map.of("COLLOQUY_REDIS_ATTEMPT_TIMEOUT", "5s", "COLLOQUY_REDIS_DEADLINE", "15s");

    private final RedisServer redis;
    private final FaultyProxy proxy;
    private final Colloquy colloquy;
    private final List<String> acknowledged = new ArrayList<>();
    private int said;

    private Scene(RedisServer redis, Map<String, String> settings) {
        this.redis = redis;
        this.proxy = FaultyProxy.before(redis.port());
        this.colloquy = open(proxy.url(), settings);
    }

    /** An impatient scene with a Redis that keeps its data. */
    static Scene open() {
        return open(RedisServer.builder().persistent(), Map.of());
    }

    /** A patient scene with a Redis that keeps its data. */
    static Scene openPatiently() {
        return open(RedisServer.builder().persistent(), PATIENT);
    }

    /** A scene with a Redis and settings of its own; returns when the first message has been stored. */
    static Scene open(RedisServer.Builder redis, Map<String, String> settings) {
        Scene scene = new Scene(redis.start(), settings);
        long giveUp = System.nanoTime() + DEADLINE_NANOS;
        while (!(scene.agent().saveMessage("warm-up", Role.USER, "Hello?") instanceof Receipt.Stored)) {
            assertThat(System.nanoTime()).as("time until connected").isLessThan(giveUp);
            pause();
        }
        return scene;
    }

    /** A scene with a Redis that is not running yet. */
    static Scene openWithRedisDown() {
        RedisServer redis = RedisServer.builder().persistent().start();
        redis.kill();
        return new Scene(redis, Map.of());
    }

    /** Colloquy in this process, impatient with Redis. */
    static Colloquy open(String url, Map<String, String> settings) {
        Map<String, String> environment = new HashMap<>(IMPATIENT);
        environment.put("REDIS_URL", url);
        environment.putAll(settings);
        return Colloquy.fromEnvironment(environment);
    }

    RedisServer redis() {
        return redis;
    }

    FaultyProxy proxy() {
        return proxy;
    }

    Agent agent() {
        return agent("faults");
    }

    /** Another agent than the one whose messages are counted. */
    Agent agent(String name) {
        return colloquy.agent(name);
    }

    /** Saves the next message, which counts from now on as acknowledged. */
    Receipt save() {
        String content = "message " + said++;
        Receipt receipt = agent().saveMessage(ANN, Role.USER, content);
        acknowledged.add(content);
        return receipt;
    }

    /** Saves so many messages, one after the other. */
    List<Receipt> save(int count) {
        List<Receipt> receipts = new ArrayList<>();
        for (int i = 0; i < count; i++) {
            receipts.add(save());
        }
        return receipts;
    }

    /** Forgets what was acknowledged so far, because Redis has lost it or a clear has removed it. */
    void forget() {
        acknowledged.clear();
    }

    ConversationView read() {
        return agent().getConversation(ANN);
    }

    /** Waits until the conversation is live again. */
    ConversationView awaitLive() {
        return awaitLive(agent());
    }

    /** Waits until the same user's conversation with an agent is live again. */
    static ConversationView awaitLive(Agent agent) {
        long giveUp = System.nanoTime() + DEADLINE_NANOS;
        ConversationView view = agent.getConversation(ANN);
        while (view.state() != ConversationView.State.LIVE) {
            assertThat(System.nanoTime()).as("time until live again").isLessThan(giveUp);
            pause();
            view = agent.getConversation(ANN);
        }
        return view;
    }

    /** Everything acknowledged is there, once, in order, numbered from 1; in Redis, too. */
    void expectAllOnceInOrder() {
        ConversationView view = awaitLive();
        assertThat(view.messages())
                .extracting(each -> each.message().content())
                .containsExactlyElementsOf(acknowledged);
        assertThat(view.messages())
                .extracting(each -> each.sequence())
                .containsExactlyElementsOf(
                        LongStream.rangeClosed(1, acknowledged.size()).boxed().toList());
        assertThat(view.pending()).isEmpty();
        assertThat(redis.call("LLEN", KEY)).isEqualTo((long) acknowledged.size());
    }

    /** Waits until Redis refuses commands in these words. */
    void awaitRefusal(String words) {
        long giveUp = System.nanoTime() + DEADLINE_NANOS;
        String answer = "";
        while (!answer.contains(words)) {
            assertThat(System.nanoTime())
                    .as("time until " + words + ", not " + answer)
                    .isLessThan(giveUp);
            pause();
            try {
                answer = String.valueOf(redis.call("GET", "anything"));
            } catch (RawRedis.Refused | UncheckedIOException refused) {
                answer = String.valueOf(refused.getMessage());
            }
        }
    }

    /** Waits until a save for a user without messages that wait is refused because Redis lets nobody in. */
    void awaitAccessRefused() {
        long giveUp = System.nanoTime() + DEADLINE_NANOS;
        for (int user = 0; ; user++) {
            try {
                agent().saveMessage("stranger-" + user, Role.USER, "Hello?");
            } catch (StoreAccessRefused refused) {
                return;
            }
            assertThat(System.nanoTime()).as("time until refused").isLessThan(giveUp);
            pause();
        }
    }

    /** Waits until Redis has written all its data as one snapshot. */
    void awaitRewritten() {
        long giveUp = System.nanoTime() + DEADLINE_NANOS;
        while (!String.valueOf(redis.call("INFO", "persistence")).contains("aof_rewrite_in_progress:0")) {
            assertThat(System.nanoTime()).as("time until rewritten").isLessThan(giveUp);
            pause();
        }
    }

    static void pause() {
        try {
            TimeUnit.MILLISECONDS.sleep(20);
        } catch (InterruptedException ended) {
            Thread.currentThread().interrupt();
            throw new IllegalStateException(ended);
        }
    }

    @Override
    public void close() {
        colloquy.close();
        proxy.close();
        redis.close();
    }
}
