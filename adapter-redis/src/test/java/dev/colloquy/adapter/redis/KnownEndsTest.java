package dev.colloquy.adapter.redis;

import static org.assertj.core.api.Assertions.assertThat;

import dev.colloquy.domain.conversation.MessageRange;
import dev.colloquy.domain.conversation.SequencedMessage;
import java.util.List;
import java.util.concurrent.atomic.AtomicLong;
import java.util.stream.IntStream;
import java.util.stream.LongStream;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;

@DisplayName("The known ends of conversations")
class KnownEndsTest {

    private static final MessageRange ONE = MessageRange.last(1);

    private final AtomicLong nanos = new AtomicLong();
    private final KnownEnds ends = new KnownEnds(100_000, nanos::get);

    private static List<SequencedMessage> messages(long from, long to) {
        return LongStream.rangeClosed(from, to)
                .mapToObj(number -> new SequencedMessage(number, Conversations.message("m" + number)))
                .toList();
    }

    private List<String> known() {
        return IntStream.range(0, 1000)
                .mapToObj(i -> "key" + i)
                .filter(key -> ends.find(key, ONE).isPresent())
                .toList();
    }

    @Test
    @DisplayName("are found for as many messages as are known")
    void enough() {
        ends.read("key", "mark", messages(5, 9));

        assertThat(ends.find("key", MessageRange.last(5)).orElseThrow().last()).isEqualTo(9);
        assertThat(ends.find("key", MessageRange.last(6))).isEmpty();
        assertThat(ends.find("key", MessageRange.all())).isEmpty();
        assertThat(ends.find("other", ONE)).isEmpty();

        ends.read("key", "mark", messages(1, 3));
        assertThat(ends.find("key", MessageRange.last(6))).isPresent();
        assertThat(ends.find("key", MessageRange.all())).isPresent();
    }

    @Test
    @DisplayName("are found for five minutes from when they were read whole, however they grew since")
    void age() {
        ends.read("key", "mark", messages(1, 3));
        KnownEnds.End first = ends.find("key", ONE).orElseThrow();
        nanos.addAndGet(KnownEnds.LONGEST.toNanos() - 1);
        ends.grown("key", "mark", messages(1, 4), first);
        assertThat(ends.find("key", ONE)).isPresent();

        nanos.addAndGet(1);
        assertThat(ends.find("key", ONE)).isEmpty();
    }

    @Test
    @DisplayName("take only so much memory, and each goes in its turn")
    void bounded() {
        for (int i = 0; i < 1000; i++) {
            ends.read("key" + i, "mark", messages(1, 3));
        }
        List<String> before = known();
        assertThat(before).hasSizeBetween(30, 80);

        for (int i = 0; i < 1000; i++) {
            ends.read("new" + i, "mark", messages(1, 3));
        }
        assertThat(known()).isEmpty();
    }

    @Test
    @DisplayName("do not count what was replaced or forgotten")
    void replaced() {
        for (int i = 0; i < 1000; i++) {
            ends.read("key1", "mark", messages(1, 3));
            ends.read("gone" + i, "mark", messages(1, 3));
            ends.forget("gone" + i);
        }
        ends.read("key2", "mark", messages(1, 3));

        assertThat(known()).containsExactly("key1", "key2");
    }

    @Test
    @DisplayName("do not hold a conversation that would take more than half of the memory")
    void tooLarge() {
        ends.read("key1", "mark", messages(1, 3));
        ends.read("key2", "mark", messages(1, 3));
        ends.read("key1", "mark", messages(1, 200));

        assertThat(known()).containsExactly("key2");
    }
}
