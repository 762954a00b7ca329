package dev.colloquy.application.outbox;

import static dev.colloquy.application.outbox.Fixture.ALEX;
import static dev.colloquy.application.outbox.Fixture.RETENTION;
import static org.assertj.core.api.Assertions.assertThat;

import dev.colloquy.domain.conversation.Append;
import java.util.List;
import java.util.stream.IntStream;
import java.util.stream.LongStream;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;

@DisplayName("Of the entries kept aside, memory holds the latest")
class AsideShelfTest {

    private static final int MIB = 1 << 20;

    private final Fixture f = new Fixture();

    private List<Long> remembered(List<Integer> sizes) {
        List<KeptAside> kept = IntStream.range(0, sizes.size())
                .mapToObj(i -> kept(i + 1, sizes.get(i)))
                .toList();
        return new AsideShelf(f.journal, new Episodes(f), kept)
                .latest().stream().map(each -> each.entry().number()).toList();
    }

    private KeptAside kept(long number, int bytes) {
        Append append = Append.of(RETENTION, f.message("m" + number, "x".repeat(bytes)));
        return new KeptAside(new OutboxEntry.Appended(number, ALEX, f.instant(), append), "a conflict", f.instant());
    }

    @Test
    @DisplayName("1000")
    void byNumber() {
        assertThat(remembered(IntStream.rangeClosed(1, 1001).mapToObj(i -> 1).toList()))
                .isEqualTo(LongStream.rangeClosed(2, 1001).boxed().toList());
    }

    @Test
    @DisplayName("8 MiB, which what has gone does not count for")
    void bySize() {
        assertThat(remembered(List.of(4 * MIB, 4 * MIB))).containsExactly(1L, 2L);
        assertThat(remembered(List.of(4 * MIB, 4 * MIB, 1, 4 * MIB - 1))).containsExactly(2L, 3L, 4L);
    }
}
