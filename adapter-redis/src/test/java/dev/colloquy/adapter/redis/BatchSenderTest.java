package dev.colloquy.adapter.redis;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.catchThrowable;

import dev.colloquy.adapter.redis.testing.RawRedis;
import dev.colloquy.adapter.redis.testing.RedisServer;
import dev.colloquy.domain.conversation.ConversationId;
import dev.colloquy.domain.error.ColloquyException;
import dev.colloquy.domain.error.StoreAccessRefused;
import dev.colloquy.domain.error.StoreUnavailable;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.function.Consumer;
import java.util.stream.Stream;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.redisson.api.RedissonClient;

@DisplayName("Commands in one batch")
class BatchSenderTest {

    private static final Duration PATIENCE = Duration.ofSeconds(20);

    private static ListCall read(String agent, int user) {
        String key = ConversationKey.of(ConversationId.of(agent, "user-" + user));
        return new ListCall(key, 1, System.nanoTime() + PATIENCE.toNanos(), new CompletableFuture<>());
    }

    /** Keeps the server busy with a script until the work is done. */
    private static void whileBusy(RedisServer server, Runnable work) {
        Thread script = Thread.ofVirtual().start(() -> {
            try (RawRedis redis = server.connect()) {
                assertThatThrownBy(() -> redis.call("EVAL", "while true do end", "0"))
                        .isInstanceOf(RawRedis.Refused.class);
            }
        });
        try (RawRedis redis = server.connect()) {
            while (catchThrowable(() -> redis.call("PING")) == null) {
                Thread.onSpinWait();
            }
            work.run();
            redis.call("SCRIPT", "KILL");
            join(script);
        }
    }

    private static void join(Thread thread) {
        try {
            thread.join();
        } catch (InterruptedException e) {
            throw new AssertionError(e);
        }
    }

    /** What befell each of some calls that were sent together. */
    private static List<ColloquyException> failures(BatchSender sender, ListCall... calls) {
        sender.send(List.of(calls), true, whole -> {});
        return Stream.of(calls)
                .map(call -> catchThrowable(call.reply()::join))
                .map(RedisErrors::translate)
                .toList();
    }

    private static void with(String url, Consumer<BatchSender> work) {
        RedissonClient redisson = RedissonClients.create(RedisHarness.patient(RedisSettings.of(url)));
        try (ExecutorService executor = Executors.newCachedThreadPool()) {
            Nodes nodes = new Nodes(redisson, true, executor);
            work.accept(new BatchSender(redisson, nodes, PATIENCE, RedisListener.none()));
        } finally {
            redisson.shutdown();
        }
    }

    @Test
    @DisplayName("do not suffer from each other: one that may be repeated is not told what another is refused for")
    void refusedNeighbour() {
        RedisServer.Builder builder =
                RedisServer.builder().set("busy-reply-threshold", "1").user("limited", "secret", "~onboarding:* +@all");
        try (RedisServer server = builder.start()) {
            with(server.url("limited", "secret"), sender -> {
                // So that a connection is there: a busy server lets nobody in.
                ListCall first = read("onboarding", 0);
                sender.send(List.of(first), true, whole -> {});
                assertThat(first.reply().join().length()).isZero();
                whileBusy(server, () -> {
                    ListCall[] calls = {read("forbidden", 0), read("onboarding", 0), read("forbidden", 1)};
                    assertThat(failures(sender, calls))
                            .hasExactlyElementsOfTypes(
                                    StoreAccessRefused.class, StoreUnavailable.class, StoreAccessRefused.class);
                });
            });
        }
    }

    @Test
    @DisplayName("are refused all, if the server does not let the client in")
    void noneIn() {
        try (RedisServer server =
                RedisServer.builder().user("limited", "secret", "~* +@all").start()) {
            with(
                    server.url("limited", "wrong"),
                    sender -> assertThat(failures(sender, read("onboarding", 0), read("onboarding", 1)))
                            .hasExactlyElementsOfTypes(StoreAccessRefused.class, StoreAccessRefused.class));
        }
    }
}
