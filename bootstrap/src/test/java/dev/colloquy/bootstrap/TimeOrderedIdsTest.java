package dev.colloquy.bootstrap;

import static org.assertj.core.api.Assertions.assertThat;

import dev.colloquy.domain.conversation.MessageId;
import java.time.Instant;
import java.time.InstantSource;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.atomic.AtomicReference;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;

@DisplayName("Ids of messages")
class TimeOrderedIdsTest {

    private final AtomicReference<Instant> now = new AtomicReference<>(Instant.parse("2026-01-01T00:00:00Z"));
    private final InstantSource clock = now::get;
    private final TimeOrderedIds ids = new TimeOrderedIds(clock);

    @Test
    @DisplayName("have 26 characters, the first 10 of them the time")
    void form() {
        assertThat(ids.next().value()).matches("01KDVDNA00[0-9A-HJKMNP-TV-Z]{16}");
    }

    @Test
    @DisplayName("sort by time")
    void order() {
        String earlier = ids.next().value();
        now.updateAndGet(instant -> instant.plusMillis(1));
        assertThat(ids.next().value()).isGreaterThan(earlier);
    }

    @Test
    @DisplayName("never repeat, on any number of threads")
    void distinct() {
        Set<MessageId> made = ConcurrentHashMap.newKeySet();
        try (ExecutorService threads = Executors.newVirtualThreadPerTaskExecutor()) {
            for (int i = 0; i < 16; i++) {
                threads.execute(() -> {
                    for (int j = 0; j < 1000; j++) {
                        made.add(ids.next());
                    }
                });
            }
        }
        assertThat(made).hasSize(16_000);
    }

    @Test
    @DisplayName("use every bit of chance")
    void everyBit() {
        boolean[][] seen = new boolean[16][32];
        for (int i = 0; i < 5000; i++) {
            String chance = ids.next().value().substring(10);
            for (int digit = 0; digit < 16; digit++) {
                seen[digit]["0123456789ABCDEFGHJKMNPQRSTVWXYZ".indexOf(chance.charAt(digit))] = true;
            }
        }
        for (boolean[] values : seen) {
            assertThat(values).doesNotContain(false);
        }
    }
}
