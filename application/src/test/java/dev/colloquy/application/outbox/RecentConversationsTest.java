package dev.colloquy.application.outbox;

import static dev.colloquy.application.outbox.Fixture.ALEX;
import static dev.colloquy.application.outbox.Fixture.BO;
import static dev.colloquy.application.outbox.Fixture.RETENTION;
import static dev.colloquy.application.outbox.Fixture.shown;
import static org.assertj.core.api.Assertions.assertThat;

import dev.colloquy.domain.conversation.Append;
import dev.colloquy.domain.conversation.ConversationId;
import dev.colloquy.domain.conversation.ConversationView;
import dev.colloquy.domain.conversation.ExpectedPosition;
import dev.colloquy.domain.conversation.Message;
import dev.colloquy.domain.conversation.MessageRange;
import dev.colloquy.domain.conversation.Receipt;
import dev.colloquy.domain.conversation.SequencedMessage;
import java.util.List;
import java.util.stream.IntStream;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;

@DisplayName("What is remembered for an outage")
class RecentConversationsTest {

    private static final ConversationId CY = ConversationId.of("onboarding", "cy");

    private final Fixture f = new Fixture();

    @Test
    @DisplayName("is bounded: what was used least recently goes first")
    void leastRecentlyUsedGoes() {
        f.use(f.settings.remembering(200_000));
        for (int i = 0; i < 100; i++) {
            ConversationId id = ConversationId.of("agent", "user" + i);
            f.outbox.append(id, Append.of(RETENTION, f.message("m", "x".repeat(5000))));
            f.append(ALEX, "m" + i);
        }
        f.down();
        assertThat(shown(f.read(ConversationId.of("agent", "user0")))).isEmpty();
        assertThat(shown(f.read(ConversationId.of("agent", "user99")))).containsExactly("m");
        assertThat(shown(f.read(ALEX))).hasSize(100);
    }

    @Test
    @DisplayName("is, of a long conversation, the latest messages")
    void latestOfALongOne() {
        RecentConversations recent = new RecentConversations(50_000, f);
        for (int i = 1; i <= 50; i++) {
            Append append = Append.of(RETENTION, f.message("m" + i, "x".repeat(1000)));
            recent.stored(ALEX, recent.changes(ALEX), (Receipt.Stored) f.store.append(ALEX, append));
            assertThat(recent.known(ALEX, f.instant()).messages())
                    .as("what is known of %d messages", i)
                    .hasSizeBetween(Math.min(i, 5), 40)
                    .last()
                    .returns((long) i, SequencedMessage::sequence);
        }
    }

    @Test
    @DisplayName("is, of a conversation with a cap, not what was dropped: others need the room")
    void notWhatWasDropped() {
        f.use(f.settings.remembering(200_000));
        f.outbox.append(BO, Append.of(RETENTION, f.message("b1", "x".repeat(30_000))));
        f.outbox.append(CY, Append.of(RETENTION, f.message("c1", "x".repeat(30_000))));
        for (int i = 0; i < 1000; i++) {
            f.outbox.append(ALEX, Append.of(RETENTION.keepingAtMost(1), f.message("m" + i)));
        }
        f.down();
        assertThat(shown(f.read(CY))).containsExactly("c1");
        assertThat(shown(f.read(BO))).containsExactly("b1");
        assertThat(shown(f.read(ALEX))).containsExactly("m999");
    }

    @Test
    @DisplayName("can be nothing")
    void nothing() {
        f.use(f.settings.remembering(0));
        f.append(ALEX, "m1");
        f.down();
        assertThat(shown(f.read(ALEX))).isEmpty();
        f.append(ALEX, "m2");
        assertThat(shown(f.read(ALEX))).containsExactly("m2");
    }

    @Test
    @DisplayName("holds a message whose own answer was lost, once its replay was answered")
    void replayedAfterALostAnswer() {
        f.append(ALEX, "m0");
        f.store.mode = SwitchedStore.Mode.FAILS_AFTER_WRITING;
        f.append(ALEX, "m1");
        f.upAndProbe();
        f.down();
        assertThat(shown(f.read(ALEX))).containsExactly("m0", "m1");
    }

    @Test
    @DisplayName("holds a message that was stored through another process, once its repeat was answered here")
    void storedElsewhere() {
        f.append(ALEX, "m0");
        f.store.append(ALEX, f.batch("m1"));
        f.append(ALEX, "m1");
        f.down();
        assertThat(shown(f.read(ALEX))).containsExactly("m0", "m1");
    }

    @Test
    @DisplayName("does not hold what the cap has dropped")
    void cap() {
        for (int i = 0; i < 5; i++) {
            f.outbox.append(ALEX, Append.of(RETENTION.keepingAtMost(2), f.message("m" + i)));
        }
        f.down();
        assertThat(shown(f.read(ALEX))).containsExactly("m3", "m4");
        assertThat(f.read(ALEX).length()).isEqualTo(2);
    }

    @Test
    @DisplayName("is forgotten by a clear, also by somebody else's that a read or an append comes upon")
    void clears() {
        f.append(ALEX, "m1", "m2", "m3");
        f.append(BO, "b1", "b2", "b3");
        f.store.clear(ALEX);
        f.store.clear(BO);
        f.store.append(BO, f.batch("b4"));
        f.read(BO);
        f.append(ALEX, "m4");
        f.down();
        assertThat(shown(f.read(ALEX))).containsExactly("m4");
        assertThat(shown(f.read(BO))).containsExactly("b4");
    }

    @Test
    @DisplayName("is forgotten by a clear of one's own, now or later, and by a read that finds nothing")
    void ownClears() {
        f.append(ALEX, "m1");
        f.append(BO, "b1");
        f.append(CY, "c1");
        f.outbox.clear(ALEX);
        f.store.clear(BO);
        f.read(BO);
        f.down();
        assertThat(shown(f.read(ALEX))).isEmpty();
        assertThat(shown(f.read(BO))).isEmpty();
        f.outbox.clear(CY);
        f.upAndProbe();
        f.down();
        assertThat(shown(f.read(CY))).isEmpty();
    }

    @Test
    @DisplayName("is forgotten when the conversation has begun anew, also if it has the same ids at the same places")
    void sameIdsAnew() {
        f.append(ALEX, "turn-1", "turn-2");
        f.append(BO, "turn-1", "turn-2");
        f.pass(RETENTION.period());
        Message first = f.message("turn-1", "another");
        Message second = f.message("turn-2", "another");
        Append anew = new Append(List.of(first, second), ExpectedPosition.any(), RETENTION);
        f.outbox.append(ALEX, anew);
        f.store.append(BO, anew);
        f.read(BO);
        f.down();
        assertThat(f.read(ALEX).transcript()).containsExactly(first, second);
        assertThat(f.read(BO).transcript()).containsExactly(first, second);
        assertThat(f.outbox.append(ALEX, anew)).isInstanceOf(Receipt.Accepted.class);
    }

    @Test
    @DisplayName(
            "is forgotten where a read shows that the store has lost its latest messages and others have their place")
    void lostInAFailover() {
        f.append(ALEX, "m1", "m2");
        f.append(ALEX, "m3", "m4");
        f.store.clear(ALEX);
        f.store.append(ALEX, f.batch("m1", "m2"));
        f.store.append(ALEX, f.batch("other3", "other4"));
        f.append(ALEX, "m5");
        f.read(ALEX);
        f.down();
        assertThat(shown(f.read(ALEX))).containsExactly("m1", "m2", "other3", "other4", "m5");
    }

    @Test
    @DisplayName("is forgotten once it has expired, also if the conversation goes on behind it by then")
    void expired() {
        f.append(ALEX, "m1");
        f.pass(RETENTION.period());
        f.store.append(ALEX, f.batch("other"));
        f.append(ALEX, "m2");
        f.down();
        assertThat(shown(f.read(ALEX))).containsExactly("m2");
    }

    @Test
    @DisplayName("has gaps where others wrote, until a read fills them")
    void gaps() {
        f.append(ALEX, "m1");
        f.store.append(ALEX, f.batch("other"));
        f.append(ALEX, "m2");
        f.down();
        assertThat(shown(f.read(ALEX))).containsExactly("m1", "m2");
        f.upAndProbe();
        f.read(ALEX);
        f.down();
        assertThat(shown(f.read(ALEX))).containsExactly("m1", "other", "m2");
    }

    @Test
    @DisplayName("takes answers in any order, and not those to questions from before a clear")
    void answersInAnyOrder() {
        RecentConversations recent = new RecentConversations(1 << 20, f);
        Receipt.Stored[] receipts = IntStream.range(0, 4)
                .mapToObj(i -> (Receipt.Stored) f.store.append(ALEX, f.batch("m" + i)))
                .toArray(Receipt.Stored[]::new);
        recent.stored(ALEX, 0, receipts[2]);
        recent.stored(ALEX, 0, receipts[0]);
        recent.stored(ALEX, 0, receipts[1]);
        assertThat(recent.known(ALEX, f.instant()).messages())
                .extracting(each -> each.sequence())
                .containsExactly(1L, 2L, 3L);
        long before = recent.changes(ALEX);
        recent.cleared(ALEX);
        recent.stored(ALEX, before, receipts[3]);
        recent.viewed(ALEX, before, f.store.read(ALEX, MessageRange.all(), RETENTION));
        assertThat(recent.known(ALEX, f.instant()).messages()).isEmpty();
    }

    @Test
    @DisplayName("takes no answer to a question from before a clear, even once the clear itself is forgotten")
    void forgottenClear() {
        RecentConversations recent = new RecentConversations(50_000, f);
        f.store.append(ALEX, f.batch("m1"));
        long before = recent.changes(ALEX);
        ConversationView view = f.store.read(ALEX, MessageRange.all(), RETENTION);
        recent.cleared(ALEX);
        for (int i = 0; i < 10; i++) {
            ConversationId other = ConversationId.of("agent", "user" + i);
            Append append = Append.of(RETENTION, f.message("m", "x".repeat(5000)));
            recent.stored(other, recent.changes(other), (Receipt.Stored) f.store.append(other, append));
        }
        recent.viewed(ALEX, before, view);
        assertThat(recent.known(ALEX, f.instant()).messages()).isEmpty();
        recent.viewed(ALEX, recent.changes(ALEX), view);
        assertThat(recent.known(ALEX, f.instant()).messages()).hasSize(1);
    }

    @Test
    @DisplayName("is not changed by a repeated append")
    void replays() {
        f.append(ALEX, "m1");
        f.append(ALEX, "m2");
        f.append(ALEX, "m1");
        f.down();
        assertThat(shown(f.read(ALEX))).containsExactly("m1", "m2");
        assertThat(f.read(ALEX).length()).isEqualTo(2);
    }
}
