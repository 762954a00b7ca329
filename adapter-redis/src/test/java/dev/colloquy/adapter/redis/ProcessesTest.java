package dev.colloquy.adapter.redis;

import static dev.colloquy.adapter.redis.Conversations.ids;
import static dev.colloquy.adapter.redis.Conversations.read;
import static dev.colloquy.adapter.redis.Conversations.sequences;
import static org.assertj.core.api.Assertions.assertThat;

import dev.colloquy.adapter.redis.testing.RawRedis;
import dev.colloquy.adapter.redis.testing.RedisServer;
import dev.colloquy.domain.conversation.ConversationId;
import dev.colloquy.domain.conversation.ConversationView;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.stream.LongStream;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;

@DisplayName("Several processes on one Redis")
class ProcessesTest {

    private static final int PROCESSES = 4;
    private static final int THREADS = 8;
    private static final int CONVERSATIONS = 8;
    /** Of each thread into each conversation: 4 x 8 x 8 x 79 is a little over 20,000. */
    private static final int MESSAGES = 79;

    @Test
    @DisplayName("32 threads in 4 processes: 20,000 appends, each there once, no gap, each thread's order kept")
    void together() throws Exception {
        try (RedisServer server = RedisServer.start()) {
            List<Process> processes = new ArrayList<>();
            for (int i = 0; i < PROCESSES; i++) {
                processes.add(AppendingProcess.start(server.url(), "p" + i, THREADS, CONVERSATIONS, MESSAGES));
            }
            for (Process process : processes) {
                assertThat(process.waitFor(120, TimeUnit.SECONDS)).isTrue();
                assertThat(process.exitValue()).isZero();
            }
            try (RedisConversationStore store =
                    RedisConversationStore.connect(RedisHarness.patient(RedisSettings.of(server.url())))) {
                for (int c = 0; c < CONVERSATIONS; c++) {
                    assertComplete(read(store, ConversationId.of("onboarding", "user" + c)));
                }
            }
        }
    }

    private static void assertComplete(ConversationView view) {
        int all = PROCESSES * THREADS * MESSAGES;
        assertThat(ids(view)).hasSize(all).doesNotHaveDuplicates();
        assertThat(sequences(view))
                .isEqualTo(LongStream.rangeClosed(1, all).boxed().toList());
        for (int process = 0; process < PROCESSES; process++) {
            for (int thread = 0; thread < THREADS; thread++) {
                String prefix = "p" + process + "." + thread + ".";
                assertThat(ids(view).stream()
                                .filter(id -> id.startsWith(prefix))
                                .toList())
                        .hasSize(MESSAGES)
                        .isSorted();
            }
        }
    }

    @Test
    @DisplayName("one killed with kill -9 in the midst of 10,000 appends leaves no key without a time to live")
    void killed() throws Exception {
        try (RedisServer server = RedisServer.start();
                RawRedis redis = server.connect()) {
            Process process = AppendingProcess.start(server.url(), "killed", THREADS, 125, 10);
            while (redis.number("DBSIZE") < 100 && process.isAlive()) {
                assertEachLives(redis);
            }
            assertThat(process.destroyForcibly().waitFor(20, TimeUnit.SECONDS)).isTrue();

            assertThat(redis.number("DBSIZE")).isPositive();
            assertEachLives(redis);
        }
    }

    private static void assertEachLives(RawRedis redis) {
        for (String key : redis.list("KEYS", "*")) {
            assertThat(redis.number("PTTL", key)).as(key).isPositive();
        }
    }
}
