package dev.colloquy.adapter.redis;

import static dev.colloquy.adapter.redis.Conversations.message;
import static dev.colloquy.adapter.redis.Conversations.save;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.colloquy.adapter.redis.testing.RedisServer;
import dev.colloquy.domain.conversation.Append;
import dev.colloquy.domain.conversation.ConversationId;
import dev.colloquy.domain.conversation.MessageRange;
import dev.colloquy.domain.error.MessageIdConflict;
import dev.colloquy.domain.retention.Retention;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;

@DisplayName("What goes over the wire")
class RoundTripTest {

    private static final ConversationId ALEX = ConversationId.of("onboarding", "alex");

    private static RedisServer server;
    private static RedisConversationStore store;

    @BeforeAll
    static void start() {
        server = RedisServer.start();
        store = RedisConversationStore.connect(RedisHarness.patient(RedisSettings.of(server.url())));
    }

    @AfterAll
    static void stop() {
        store.close();
        server.close();
    }

    @BeforeEach
    void warm() {
        server.call("FLUSHALL");
        save(store, ALEX, "warm");
        Conversations.read(store, ALEX);
        server.call("CONFIG", "RESETSTAT");
    }

    @Test
    @DisplayName("a thousand saves are a thousand script calls, and none of them reads the list or writes it anew")
    void saves() {
        for (int i = 0; i < 1000; i++) {
            save(store, ALEX, "m" + i);
        }

        Map<String, Long> calls = server.commandCalls();
        assertThat(calls).containsEntry("evalsha", 1000L);
        assertThat(calls).containsEntry("rpush", 1000L).containsEntry("pexpire", 1000L);
        assertThat(calls).doesNotContainKeys("get", "set", "eval", "multi");
        // Only where a new id's digest happens to occur in the trail.
        assertThat(calls.getOrDefault("lrange", 0L)).isLessThan(10);
    }

    @Test
    @DisplayName("reading twenty messages is one round trip: three commands, sent together")
    void read() {
        for (int i = 0; i < 30; i++) {
            save(store, ALEX, "m" + i);
        }
        server.call("CONFIG", "RESETSTAT");

        assertThat(store.read(ALEX, MessageRange.last(20), Retention.DEFAULT).messages())
                .hasSize(20);

        Map<String, Long> calls = server.commandCalls();
        calls.keySet().removeAll(List.of("ping", "config|resetstat", "info"));
        assertThat(calls).containsOnly(Map.entry("llen", 1L), Map.entry("lrange", 1L), Map.entry("pttl", 1L));
    }

    @Test
    @DisplayName("the first save of a process begins no trail, whatever the server has to be told for it")
    void firstSave() {
        try (RedisServer fresh = RedisServer.start();
                RedisConversationStore first =
                        RedisConversationStore.connect(RedisHarness.patient(RedisSettings.of(fresh.url())))) {
            first.append(ALEX, Append.of(Retention.DEFAULT, message("a")).asFirstAttempt());

            assertThat(fresh.call("LINDEX", ConversationKey.of(ALEX), "-1"))
                    .asString()
                    .contains("content of a")
                    .doesNotContain("recent");
        }
    }

    @Test
    @DisplayName("one caller's conflict or huge message does not touch those that travel with it")
    void companions() throws Exception {
        String huge = "x".repeat(3_000_000);
        try (ExecutorService callers = Executors.newVirtualThreadPerTaskExecutor()) {
            List<CompletableFuture<?>> good = new ArrayList<>();
            List<CompletableFuture<?>> bad = new ArrayList<>();
            for (int i = 0; i < 100; i++) {
                String id = "m" + i;
                good.add(CompletableFuture.runAsync(() -> save(store, ALEX, id), callers));
                if (i % 10 == 0) {
                    var changed = new dev.colloquy.domain.conversation.Message(
                            message("warm").id(), message("warm").role(), "other" + huge, Conversations.NOON);
                    bad.add(CompletableFuture.runAsync(
                            () -> store.append(ALEX, Append.of(Retention.DEFAULT, changed)), callers));
                }
            }
            for (CompletableFuture<?> save : good) {
                save.get(30, TimeUnit.SECONDS);
            }
            for (CompletableFuture<?> conflict : bad) {
                assertThatThrownBy(() -> conflict.get(30, TimeUnit.SECONDS))
                        .hasCauseInstanceOf(MessageIdConflict.class);
            }
        }
        assertThat(Conversations.ids(store, ALEX)).hasSize(101).doesNotHaveDuplicates();
    }
}
