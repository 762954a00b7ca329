package dev.colloquy.application.outbox;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.colloquy.domain.error.StoreUnavailable;
import java.util.List;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;

@DisplayName("The journal that cannot be written")
class WatchedJournalTest {

    private final TestJournal disk = new TestJournal();
    private final HoldUps holdUps = new HoldUps();
    private final WatchedJournal journal = new WatchedJournal(disk, holdUps);

    @Test
    @DisplayName("is a hold-up until it can be written again")
    void told() {
        disk.failChanges();
        assertThatThrownBy(() -> journal.remove(List.of(1L))).isInstanceOf(StoreUnavailable.class);
        assertThat(holdUps.summary()).contains("disk full");

        disk.mend();
        journal.remove(List.of(1L));
        assertThat(holdUps.summary()).isEmpty();
    }

    @Test
    @DisplayName("because it was closed is none: a call that ends after the close says nothing about the disk")
    void closed() {
        journal.close();

        assertThatThrownBy(() -> journal.remove(List.of(1L))).isInstanceOf(IllegalStateException.class);
        assertThat(holdUps.summary()).isEmpty();
    }
}
