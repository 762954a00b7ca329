package dev.colloquy.store.tck;

import static dev.colloquy.store.tck.Samples.WEEK;
import static dev.colloquy.store.tck.Samples.batch;
import static dev.colloquy.store.tck.Samples.ids;
import static dev.colloquy.store.tck.Samples.message;
import static dev.colloquy.store.tck.Samples.messages;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.catchThrowable;

import dev.colloquy.domain.conversation.Append;
import dev.colloquy.domain.conversation.ClearReceipt;
import dev.colloquy.domain.conversation.ConversationId;
import dev.colloquy.domain.conversation.ConversationView;
import dev.colloquy.domain.conversation.ExpectedPosition;
import dev.colloquy.domain.conversation.MessageId;
import dev.colloquy.domain.conversation.MessageRange;
import dev.colloquy.domain.conversation.PageRequest;
import dev.colloquy.domain.conversation.Position;
import dev.colloquy.domain.conversation.Receipt;
import dev.colloquy.domain.error.ConversationChanged;
import dev.colloquy.domain.error.StoreFailure;
import dev.colloquy.domain.error.StoreUnavailable;
import dev.colloquy.domain.error.StoredDataUnreadable;
import dev.colloquy.domain.port.out.StoreHealth;
import dev.colloquy.store.tck.StoreHarness.Corruption;
import dev.colloquy.store.tck.StoreHarness.Outage;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;
import java.util.function.BooleanSupplier;
import java.util.function.Supplier;
import java.util.stream.Stream;
import org.assertj.core.util.Throwables;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestReporter;

/** S12: an outage never looks like an empty conversation, and damaged data never like a shorter one. */
abstract class HonestFailureClause extends Clause {

    private static final List<MessageRange> RANGES =
            List.of(MessageRange.all(), MessageRange.last(3), MessageRange.after(0, 3));

    HonestFailureClause(Supplier<StoreHarness> harness) {
        super(harness);
    }

    @Test
    @DisplayName("S12 a store that can be reached says so, and marks nothing as degraded")
    void live() {
        append(message("m"));

        assertThat(store.checkHealth().status()).isEqualTo(StoreHealth.Status.LIVE);
        assertThat(read().state()).isEqualTo(ConversationView.State.LIVE);
    }

    @Test
    @DisplayName(
            "S12 in an outage every call fails with StoreUnavailable, or says that it is degraded and keeps its word")
    void outage(TestReporter reporter) {
        Optional<Outage> possible = harness.outage();
        if (possible.isEmpty()) {
            reporter.publishEntry("S12", "the store is declared to be always reachable: there is no outage to test");
            assertThat(store.checkHealth().status()).isEqualTo(StoreHealth.Status.LIVE);
            return;
        }
        Outage outage = possible.get();
        append(batch(messages("m", 3)));
        ConversationId blake = ConversationId.of(alex.agent().value(), "blake");
        ConversationId casey = ConversationId.of(alex.agent().value(), "casey");
        ConversationId dana = ConversationId.of(alex.agent().value(), "dana");
        append(store, casey, Append.of(WEEK, message("m")));
        append(store, dana, Append.of(WEEK, message("m")));
        Accepted accepted = new Accepted();
        try {
            outage.begin();
            for (MessageRange range : RANGES) {
                assertHonest(() -> read(range).state() == ConversationView.State.DEGRADED);
            }
            assertHonest(() -> read(blake).state() == ConversationView.State.DEGRADED);
            // Only then, as over some stores each call in an outage takes seconds.
            if (assertHonest(() -> store.append(alex, Append.of(WEEK, message("n"))) instanceof Receipt.Accepted)) {
                accepted = acceptMore(casey, dana);
            }
            assertHonest(() -> store.clear(blake) == ClearReceipt.ACCEPTED);
            assertThatThrownBy(() -> store.list(alex.agent(), PageRequest.first(10)))
                    .isInstanceOf(StoreUnavailable.class)
                    .satisfies(HonestFailureClause::assertWithoutContent);
            assertThat(store.checkHealth().status()).isNotEqualTo(StoreHealth.Status.LIVE);
        } finally {
            outage.end();
        }
        awaitLive(alex);
        assertStored(accepted, casey, dana);
        // The caller repeats what may or may not have been stored.
        append(message("n"));
        assertThat(ids(read())).containsExactly("m1", "m2", "m3", "n");
    }

    /** What a store accepted in an outage. One that refuses is right as well, and may have stored what it refused. */
    private static final class Accepted {

        private final List<String> ofCasey = new ArrayList<>(List.of("m"));
        private final List<String> ofDana = new ArrayList<>();
        private boolean danaCleared;
    }

    private Accepted acceptMore(ConversationId casey, ConversationId dana) {
        Accepted accepted = new Accepted();
        try {
            for (String id : List.of("n", "o", "p")) {
                acceptOrRefuse(casey, id, accepted.ofCasey);
            }
            accepted.danaCleared = store.clear(dana) == ClearReceipt.ACCEPTED;
            acceptOrRefuse(dana, "c", accepted.ofDana);
            ExpectedPosition elsewhere = ExpectedPosition.last(new Position(1, new MessageId("elsewhere")));
            Append conditional = Append.of(WEEK, message("q")).expecting(elsewhere);
            assertThat(catchThrowable(() -> store.append(casey, conditional)))
                    .as("who is told that it is accepted never hears that the condition was not met")
                    .isInstanceOfAny(StoreFailure.class, ConversationChanged.class);
        } catch (StoreFailure refused) {
            // Nothing more is said about it.
        }
        return accepted;
    }

    private void acceptOrRefuse(ConversationId id, String message, List<String> accepted) {
        if (store.append(id, Append.of(WEEK, message(message))) instanceof Receipt.Accepted) {
            accepted.add(message);
        }
    }

    private void assertStored(Accepted accepted, ConversationId casey, ConversationId dana) {
        awaitLive(casey);
        assertThat(ids(read(casey)).stream().filter(accepted.ofCasey::contains))
                .as("stored of what was accepted")
                .containsExactlyElementsOf(accepted.ofCasey);
        if (accepted.danaCleared) {
            awaitLive(dana);
            assertThat(ids(read(dana)).stream().filter(id -> !id.equals("c") || accepted.ofDana.contains(id)))
                    .as("stored behind a clear that was accepted")
                    .containsExactlyElementsOf(accepted.ofDana);
        }
    }

    /** Passes if the call fails as it should, or says itself that it is degraded, which is given back. */
    private static boolean assertHonest(BooleanSupplier callSaysDegraded) {
        boolean degraded;
        try {
            degraded = callSaysDegraded.getAsBoolean();
        } catch (StoreUnavailable expected) {
            assertWithoutContent(expected);
            return false;
        }
        assertThat(degraded)
                .as("answered during an outage, so it must be marked as degraded")
                .isTrue();
        return true;
    }

    private void awaitLive(ConversationId id) {
        long deadline = System.nanoTime() + harness.patience().toNanos();
        while (System.nanoTime() < deadline) {
            if (store.checkHealth().status() == StoreHealth.Status.LIVE && answersLive(id)) {
                return;
            }
            LockSupport.parkNanos(TimeUnit.MILLISECONDS.toNanos(20));
        }
        throw new AssertionError(
                "the store was not live again within " + harness.patience() + " of the end of the outage");
    }

    private boolean answersLive(ConversationId id) {
        try {
            return read(id).state() == ConversationView.State.LIVE;
        } catch (StoreFailure stillAway) {
            return false;
        }
    }

    @Test
    @DisplayName("S12 damaged data gives StoredDataUnreadable with the conversation's name and none of its content")
    void corruption(TestReporter reporter) {
        Optional<Corruption> corruption = harness.corruption();
        append(batch(messages("m", 3)));
        if (corruption.isEmpty()) {
            reporter.publishEntry("S12", "the store is declared to be the only writer: there is no damage to test");
            assertThat(read().length()).isEqualTo(3);
            return;
        }
        ConversationId blake = ConversationId.of(alex.agent().value(), "blake");
        append(store, blake, Append.of(WEEK, message("b")));

        corruption.orElseThrow().corrupt(alex);

        // As many as there are, so that each sees the damage wherever it is.
        for (MessageRange range : List.of(MessageRange.all(), MessageRange.last(9), MessageRange.after(0, 9))) {
            assertThatThrownBy(() -> read(range))
                    .isInstanceOfSatisfying(
                            StoredDataUnreadable.class,
                            unreadable -> assertThat(unreadable.conversation()).isEqualTo(alex.toString()))
                    .hasMessageContaining(alex.toString())
                    .satisfies(HonestFailureClause::assertWithoutContent);
        }
        assertThat(ids(read(blake))).containsExactly("b");
        store.clear(alex);
        append(message("anew"));
        assertThat(ids(read())).containsExactly("anew");
    }

    /** Which of these a store must refuse, the clauses on repetition and condition say. */
    @Test
    @DisplayName("S12 no refusal quotes content, neither what is stored nor what was sent")
    void refusalsWithoutContent() {
        append(message("a"), message("b"));

        List<Throwable> refusals = Stream.of(
                        Append.of(WEEK, message("b", "other-" + message("b").content())),
                        Append.of(WEEK, message("new"), message("a")),
                        Append.of(WEEK, message("b"), message("a")),
                        Append.of(WEEK, message("newer")).expecting(ExpectedPosition.empty()))
                .flatMap(append -> Stream.ofNullable(catchThrowable(() -> store.append(alex, append))))
                .toList();

        assertThat(refusals).isNotEmpty().allSatisfy(HonestFailureClause::assertWithoutContent);
    }

    /** Looks at all that a log would print of it, with causes and what was suppressed. */
    private static void assertWithoutContent(Throwable error) {
        assertThat(Throwables.getStackTrace(error)).doesNotContain(Samples.CONTENT);
    }

    @Test
    @DisplayName("S12 asking for the health is answered within a bounded time, also during an outage")
    void health() throws Exception {
        Optional<Outage> outage = harness.outage();
        outage.ifPresent(Outage::begin);
        try {
            long start = System.nanoTime();
            StoreHealth health = store.checkHealth();
            assertThat(Duration.ofNanos(System.nanoTime() - start)).isLessThan(Duration.ofSeconds(30));
            assertThat(health.status() == StoreHealth.Status.LIVE).isEqualTo(outage.isEmpty());
        } finally {
            outage.ifPresent(Outage::end);
        }
        awaitLive(alex);
    }
}
