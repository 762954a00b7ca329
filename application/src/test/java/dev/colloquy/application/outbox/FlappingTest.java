package dev.colloquy.application.outbox;

import static dev.colloquy.application.outbox.Fixture.shown;
import static org.assertj.core.api.Assertions.assertThat;

import dev.colloquy.domain.conversation.ConversationId;
import dev.colloquy.domain.error.StoreUnavailable;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.atomic.AtomicLong;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

@Timeout(120)
@DisplayName("While the store comes and goes at random")
class FlappingTest {

    private static final int CALLERS = 8;
    private static final int CALLS = 400;
    private static final SwitchedStore.Mode[] MODES = {
        SwitchedStore.Mode.UP, SwitchedStore.Mode.FAILS_BEFORE_WRITING, SwitchedStore.Mode.FAILS_AFTER_WRITING
    };

    private final Fixture f = new Fixture();

    private OutboxConversationStore open() {
        f.outbox = OutboxConversationStore.over(
                f.store, f.journal, OutboxSettings.DEFAULT.probingEvery(Duration.ofMillis(1)), f);
        return f.outbox;
    }

    /** Lets single calls fail, before or after they have done their work, and now and then the whole store. */
    private void makeUnreliable(long seed) {
        AtomicLong count = new AtomicLong();
        f.store.beforeAppend = append -> {
            Random random = new Random(seed ^ (count.incrementAndGet() * 0x9E3779B97F4A7C15L));
            int chance = random.nextInt(100);
            if (chance < 3) {
                f.store.mode = MODES[random.nextInt(MODES.length)];
            } else if (chance < 6) {
                throw new StoreUnavailable("before", null);
            }
        };
        f.store.afterAppend = append -> {
            if (new Random(seed ^ (count.incrementAndGet() * 0xC2B2AE3D27D4EB4FL)).nextInt(100) < 3) {
                throw new StoreUnavailable("after", null);
            }
        };
    }

    private void heal(OutboxConversationStore store) {
        f.store.beforeAppend = append -> {};
        f.store.afterAppend = append -> {};
        f.up();
        store.close(Duration.ofSeconds(60));
        assertThat(store.statistics().waitingMessages()).isZero();
        assertThat(f.journal.entries).isEmpty();
        assertThat(f.outbox.keptAside()).isEmpty();
    }

    private static void inParallel(ThrowingIntConsumer work) throws InterruptedException, ExecutionException {
        List<Future<?>> results = new ArrayList<>();
        try (ExecutorService threads = Executors.newFixedThreadPool(CALLERS)) {
            for (int i = 0; i < CALLERS; i++) {
                int caller = i;
                results.add(threads.submit(() -> {
                    work.accept(caller);
                    return null;
                }));
            }
        }
        for (Future<?> result : results) {
            result.get();
        }
    }

    private interface ThrowingIntConsumer {
        void accept(int caller) throws Exception;
    }

    @ParameterizedTest
    @ValueSource(longs = {1, 2, 3})
    @DisplayName("each message of many callers of two conversations is there once, in its caller's order")
    void onceAndInOrder(long seed) throws InterruptedException, ExecutionException {
        OutboxConversationStore store = open();
        makeUnreliable(seed);
        inParallel(caller -> {
            ConversationId id = ConversationId.of("agent", "user" + caller % 2);
            Random random = new Random(seed * 31 + caller);
            for (int i = 0; i < CALLS; i++) {
                f.append(id, caller + "-" + i);
                if (random.nextInt(20) == 0) {
                    f.up();
                }
            }
        });
        heal(store);
        for (int user = 0; user < 2; user++) {
            List<String> stored = f.store.contents(ConversationId.of("agent", "user" + user));
            assertThat(stored).hasSize(CALLERS / 2 * CALLS).doesNotHaveDuplicates();
            for (int caller = user; caller < CALLERS; caller += 2) {
                String prefix = caller + "-";
                List<String> expected = new ArrayList<>();
                for (int i = 0; i < CALLS; i++) {
                    expected.add(prefix + i);
                }
                assertThat(stored.stream().filter(each -> each.startsWith(prefix)))
                        .containsExactlyElementsOf(expected);
            }
        }
        assertThat(store.statistics().episodes()).isPositive();
    }

    @ParameterizedTest
    @ValueSource(longs = {4, 5, 6})
    @DisplayName("each caller sees its own conversation as it left it, with appends and clears mixed")
    void readsItsWrites(long seed) throws InterruptedException, ExecutionException {
        OutboxConversationStore store = open();
        makeUnreliable(seed);
        List<List<String>> expected = new ArrayList<>();
        for (int i = 0; i < CALLERS; i++) {
            expected.add(new ArrayList<>());
        }
        inParallel(caller -> {
            ConversationId id = ConversationId.of("agent", "user" + caller);
            List<String> mine = expected.get(caller);
            Random random = new Random(seed * 31 + caller);
            for (int i = 0; i < CALLS; i++) {
                if (random.nextInt(15) == 0) {
                    store.clear(id);
                    mine.clear();
                } else {
                    f.append(id, "m" + i);
                    mine.add("m" + i);
                }
                if (random.nextInt(10) == 0) {
                    f.up();
                }
                assertThat(shown(f.read(id))).isEqualTo(mine);
            }
        });
        heal(store);
        for (int caller = 0; caller < CALLERS; caller++) {
            assertThat(f.store.contents(ConversationId.of("agent", "user" + caller)))
                    .isEqualTo(expected.get(caller));
        }
    }
}
