package dev.colloquy.application.outbox;

import static dev.colloquy.application.outbox.Fixture.ALEX;
import static dev.colloquy.application.outbox.Fixture.BO;
import static dev.colloquy.application.outbox.Fixture.RETENTION;
import static org.assertj.core.api.Assertions.assertThat;

import dev.colloquy.domain.conversation.Append;
import dev.colloquy.domain.conversation.ConversationId;
import dev.colloquy.domain.conversation.MessageRange;
import dev.colloquy.domain.conversation.Receipt;
import dev.colloquy.domain.error.StoreUnavailable;
import dev.colloquy.domain.error.StoredDataUnreadable;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.stream.IntStream;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

@DisplayName("When the store is back, and an entry may be stored already")
class LookUpTest {

    private final Fixture f = new Fixture();
    private final List<MessageRange> asked = new CopyOnWriteArrayList<>();

    private void appendOthers(String prefix, int count) {
        IntStream.range(0, count).forEach(i -> f.store.append(ALEX, f.batch(prefix + i)));
    }

    /** An append whose answer is lost, and many of others behind it. */
    private void acceptWhatIsFarBehind() {
        f.store.mode = SwitchedStore.Mode.FAILS_AFTER_WRITING;
        f.append(ALEX, "m1");
        f.up();
        appendOthers("other", 200);
    }

    private void failReadsOfMoreThan(int messages) {
        f.store.beforeRead = (id, range) -> {
            asked.add(range);
            if (!(range instanceof MessageRange.After after) || after.limit() > messages) {
                throw new StoreUnavailable("no answer in time", null);
            }
        };
    }

    private void failReadsOf(ConversationId conversation) {
        f.store.beforeRead = (id, range) -> {
            if (id.equals(conversation)) {
                throw new StoreUnavailable("no answer in time", null);
            }
        };
    }

    @Test
    @DisplayName("a conversation too long for one read is read in pages, once")
    void longConversation() {
        f.store.mode = SwitchedStore.Mode.FAILS_AFTER_WRITING;
        f.append(ALEX, "m1");
        f.up();
        IntStream.range(0, 200)
                .mapToObj(i -> Append.of(RETENTION, f.message("other" + i, "x".repeat(2_000))))
                .forEach(append -> f.store.append(ALEX, append));
        failReadsOfMoreThan(StoredMessages.PAGE + 1);
        f.outbox.probe();

        assertThat(f.store.contents(ALEX)).hasSize(201).containsOnlyOnce("m1");
        assertThat(asked).hasSize(7).first().isEqualTo(MessageRange.after(0, StoredMessages.PAGE));
        assertThat(f.outbox.statistics().degradedSince()).isEmpty();
    }

    @Test
    @DisplayName("the pages are longer if messages are short, as the way to the store may be long")
    void shortMessages() {
        acceptWhatIsFarBehind();
        appendOthers("more", 2_000);
        failReadsOfMoreThan(64 * 1024 / 200);
        f.outbox.probe();

        assertThat(f.store.contents(ALEX)).hasSize(2_201).containsOnlyOnce("m1");
        assertThat(asked).hasSize(8 + 1);
    }

    @Test
    @DisplayName("the pages are smaller if messages are so large that even a page takes too long")
    void largeMessages() {
        acceptWhatIsFarBehind();
        failReadsOfMoreThan(2);
        f.outbox.probe();

        assertThat(f.store.contents(ALEX)).hasSize(201).containsOnlyOnce("m1");
        assertThat(f.outbox.statistics().degradedSince()).isEmpty();
    }

    @Test
    @DisplayName("a conversation that cannot be had in time waits, and no other one with it")
    void tooLarge() {
        f.down();
        f.append(ALEX, "m1");
        f.append(BO, "b1");
        f.restart();
        f.up();
        failReadsOf(ALEX);
        f.outbox.probe();

        assertThat(f.store.writes).containsExactly("bo:b1");
        assertThat(f.append(BO, "b2")).isInstanceOf(Receipt.Stored.class);
        assertThat(f.append(ALEX, "m2")).isInstanceOf(Receipt.Accepted.class);
        failReadsOf(BO);
        f.outbox.probe();
        assertThat(f.store.contents(ALEX)).containsExactly("m1", "m2");
        assertThat(f.outbox.statistics().degradedSince()).isEmpty();
    }

    @Test
    @DisplayName("a store that is away again is not asked for the others")
    void awayAgain() {
        f.down();
        f.append(ALEX, "m1");
        f.append(BO, "b1");
        f.restart();
        int calls = f.store.calls.get();
        f.outbox.probe();

        assertThat(f.store.calls).hasValue(calls + 1);
        assertThat(f.append(BO, "b2")).isInstanceOf(Receipt.Accepted.class);
        assertThat(f.append(ConversationId.of("onboarding", "cy"), "c1")).isInstanceOf(Receipt.Accepted.class);
        assertThat(f.store.calls).hasValue(calls + 1);
    }

    @Test
    @DisplayName("in a conversation that cannot be read, the store decides, and nothing is kept aside")
    void unreadable() {
        f.down();
        f.append(ALEX, "m1");
        f.up();
        f.store.append(ALEX, f.batch("m1"));
        f.append(ALEX, "m2");
        f.restart();
        f.store.beforeRead = (id, range) -> {
            throw new StoredDataUnreadable(id.toString(), "element 0 of its list is not a message", null);
        };
        f.outbox.probe();

        assertThat(f.store.contents(ALEX)).containsExactly("m1", "m2");
        assertThat(f.outbox.keptAside()).isEmpty();
        assertThat(f.outbox.statistics().degradedSince()).isEmpty();
    }

    @ParameterizedTest
    @MethodSource("lostAnswers")
    @DisplayName("a replay whose answer was lost is looked for before it is repeated")
    void replayOfUnknownOutcome(Throwable lost) {
        f.down();
        f.append(BO, "b1");
        f.append(ALEX, "m1");
        f.store.afterAppend = append -> {
            if (append.messages().getFirst().id().value().equals("m1")) {
                throw Fixture.unchecked(lost);
            }
        };
        f.upAndProbe();
        f.store.afterAppend = append -> {};
        appendOthers("other", 200);
        f.outbox.probe();
        // The first look may only have found the store to be back.
        f.outbox.probe();

        assertThat(f.store.contents(ALEX)).hasSize(201).containsOnlyOnce("m1");
        assertThat(f.outbox.statistics().degradedSince()).isEmpty();
    }

    static List<Throwable> lostAnswers() {
        return List.of(
                new StoreUnavailable("no answer in time", null),
                new IllegalStateException("answer not understood"),
                new OutOfMemoryError("for a moment"));
    }

    @Test
    @DisplayName("a repeat of what is known to be stored is looked for, too")
    void repeatOfStored() {
        f.append(ALEX, "m1");
        f.down();
        f.append(BO, "b1");
        f.append(ALEX, "m1");
        f.up();
        appendOthers("other", 200);
        f.outbox.probe();

        assertThat(f.store.contents(ALEX)).hasSize(201).containsOnlyOnce("m1");
    }

    @Test
    @DisplayName("another look is taken when much has been replayed since the last one")
    void lookedAtAgain() {
        f.down();
        IntStream.range(0, 64).forEach(i -> f.append(ALEX, "m" + i));
        f.append(ALEX, "late");
        f.restart();
        f.store.afterAppend = append -> {
            if (append.messages().getLast().id().value().equals("m63")) {
                f.store.afterAppend = any -> {};
                f.store.append(ALEX, f.batch("late"));
                appendOthers("other", 200);
            }
        };
        f.upAndProbe();

        assertThat(f.store.contents(ALEX)).hasSize(265).containsOnlyOnce("late");
    }

    private OutboxEntry.Appended entry(String... ids) {
        return new OutboxEntry.Appended(1, ALEX, f.instant(), f.batch(ids));
    }

    private StoredMessages lookFor(OutboxEntry.Appended... entries) {
        f.store.beforeRead = (id, range) -> asked.add(range);
        return new StoredMessages(
                f.store,
                new RecentConversations(1 << 20, f),
                StoredMessages.PAGE,
                IntStream.range(0, entries.length)
                        .mapToObj(i -> new Waiting(entries[i], true))
                        .toList());
    }

    @Test
    @DisplayName("a second look begins where the first one ended")
    void secondLook() {
        appendOthers("other", 100);
        OutboxEntry.Appended entry = entry("m1");
        StoredMessages stored = lookFor(entry);
        assertThat(stored.holdAll(entry)).isEqualTo(StoredMessages.Answer.NO);
        f.store.append(ALEX, f.batch("m1"));
        asked.clear();

        stored.refresh();
        assertThat(stored.holdAll(entry)).isEqualTo(StoredMessages.Answer.YES);
        assertThat(asked)
                .singleElement()
                .isInstanceOfSatisfying(
                        MessageRange.After.class,
                        after -> assertThat(after.sequence()).isEqualTo(99));
    }

    @Test
    @DisplayName("a second look begins anew if the conversation has begun anew, also if it is as long again")
    void begunAnew() {
        appendOthers("other", 100);
        OutboxEntry.Appended entry = entry("m1");
        StoredMessages stored = lookFor(entry);
        assertThat(stored.holdAll(entry)).isEqualTo(StoredMessages.Answer.NO);
        f.store.clear(ALEX);
        f.store.append(ALEX, f.batch("m1"));

        stored.refresh();
        assertThat(stored.holdAll(entry)).isEqualTo(StoredMessages.Answer.YES);
        f.store.clear(ALEX);
        appendOthers("again", 200);
        stored.refresh();
        assertThat(stored.holdAll(entry)).isEqualTo(StoredMessages.Answer.NO);
    }

    @Test
    @DisplayName("a batch is stored only if all of it is, with the same content")
    void partsAndOtherContent() {
        OutboxEntry.Appended batch = entry("m1", "m2");
        OutboxEntry.Appended other = entry("m3");
        f.store.append(ALEX, f.batch("m1"));
        f.store.append(ALEX, Append.of(RETENTION, f.message("m3", "somebody else's")));
        StoredMessages stored = lookFor(batch, other);

        assertThat(stored.holdAll(batch)).isEqualTo(StoredMessages.Answer.NO);
        assertThat(stored.holdAll(other)).isEqualTo(StoredMessages.Answer.NO);
    }

    @Test
    @DisplayName("messages that the cap has dropped since the last look do not make it begin anew")
    void dropped() {
        OutboxEntry.Appended entry = entry("m1");
        appendOthers("other", 10);
        StoredMessages stored = lookFor(entry);
        assertThat(stored.holdAll(entry)).isEqualTo(StoredMessages.Answer.NO);
        f.store.append(ALEX, Append.of(RETENTION.keepingAtMost(1), f.message("m1")));
        asked.clear();

        stored.refresh();
        assertThat(stored.holdAll(entry)).isEqualTo(StoredMessages.Answer.YES);
        assertThat(asked).hasSize(1);
    }
}
