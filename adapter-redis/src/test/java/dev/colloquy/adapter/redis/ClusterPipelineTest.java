package dev.colloquy.adapter.redis;

import static dev.colloquy.adapter.redis.Conversations.ids;
import static dev.colloquy.adapter.redis.Conversations.message;
import static org.assertj.core.api.Assertions.assertThat;

import dev.colloquy.adapter.redis.testing.RedisCluster;
import dev.colloquy.adapter.redis.testing.RedisServer;
import dev.colloquy.domain.conversation.Append;
import dev.colloquy.domain.conversation.ConversationId;
import dev.colloquy.domain.retention.Retention;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;

@DisplayName("In a cluster, calls that travel together and are two masters' business")
class ClusterPipelineTest {

    private static final int CONVERSATIONS = 12;
    private static final int MESSAGES = 40;

    /** The first slot of the second master of three, and in the same lane as those just below it. */
    private static final int BORDER = 5461;

    private final RedisCluster cluster = RedisCluster.start();

    @AfterEach
    void close() {
        cluster.close();
    }

    private static List<ConversationId> conversationsIn(int from, int to) {
        return IntStream.iterate(0, i -> i + 1)
                .mapToObj(i -> ConversationId.of("onboarding", "user-" + i))
                .filter(id -> {
                    int slot = ClusterSlot.of(ConversationKey.of(id));
                    return from <= slot && slot <= to;
                })
                .limit(CONVERSATIONS)
                .toList();
    }

    @Test
    @DisplayName(
            "do not suffer from each other: one master forgets its scripts, the other is slow, and nothing doubles")
    void twoMasters() throws Exception {
        List<ConversationId> below = conversationsIn(BORDER - 1000, BORDER - 1);
        List<ConversationId> above = conversationsIn(BORDER, BORDER);
        RedisServer forgetful = cluster.masterOf(ConversationKey.of(below.getFirst()));
        RedisServer slow = cluster.masterOf(ConversationKey.of(above.getFirst()));
        assertThat(forgetful).isNotSameAs(slow);
        List<ConversationId> all = new ArrayList<>(below);
        all.addAll(above);

        RedisSettings settings =
                RedisHarness.patient(RedisSettings.of(cluster.url()), Duration.ofSeconds(10), Duration.ofSeconds(30));
        try (RedisConversationStore store = RedisConversationStore.connect(settings)) {
            CountDownLatch done = new CountDownLatch(1);
            Thread forgetting = Thread.ofVirtual().start(() -> repeat(done, forgetful, "SCRIPT", "FLUSH"));
            Thread sleeping = Thread.ofVirtual().start(() -> repeat(done, slow, "DEBUG", "SLEEP", "0.02"));
            List<Thread> callers = new ArrayList<>();
            for (ConversationId id : all) {
                callers.add(Thread.ofVirtual().start(() -> save(store, id)));
            }
            for (Thread caller : callers) {
                caller.join();
            }
            done.countDown();
            forgetting.join();
            sleeping.join();

            List<String> expected =
                    IntStream.range(0, MESSAGES).mapToObj(m -> "m" + m).toList();
            for (ConversationId id : all) {
                assertThat(ids(store, id)).as("the messages of %s", id).isEqualTo(expected);
            }
        }
    }

    private static void repeat(CountDownLatch done, RedisServer server, String... command) {
        while (done.getCount() > 0) {
            server.call(command);
        }
    }

    private static void save(RedisConversationStore store, ConversationId id) {
        for (int m = 0; m < MESSAGES; m++) {
            store.append(id, Append.of(Retention.DEFAULT, message("m" + m)).asFirstAttempt());
        }
    }
}
