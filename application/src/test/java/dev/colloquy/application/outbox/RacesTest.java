package dev.colloquy.application.outbox;

import static dev.colloquy.application.outbox.Fixture.ALEX;
import static dev.colloquy.application.outbox.Fixture.BO;
import static dev.colloquy.application.outbox.Fixture.shown;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.colloquy.domain.conversation.Append;
import dev.colloquy.domain.conversation.ClearReceipt;
import dev.colloquy.domain.conversation.Conversation;
import dev.colloquy.domain.conversation.ConversationId;
import dev.colloquy.domain.conversation.Receipt;
import dev.colloquy.domain.error.MessageIdConflict;
import dev.colloquy.domain.error.StoreLimitReached;
import dev.colloquy.domain.error.StoreUnavailable;
import java.lang.management.ManagementFactory;
import java.lang.management.MonitorInfo;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.concurrent.Callable;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.FutureTask;
import java.util.concurrent.atomic.AtomicReference;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

@Timeout(60)
@DisplayName("At the same time")
class RacesTest {

    private static final Duration A_MINUTE = Duration.ofMinutes(1);

    private final Fixture f = new Fixture();
    private final ExecutorService threads = Executors.newCachedThreadPool();
    private final CountDownLatch reached = new CountDownLatch(1);
    private final CountDownLatch released = new CountDownLatch(1);

    @AfterEach
    void stop() {
        released.countDown();
        threads.close();
    }

    private void waitHere() {
        reached.countDown();
        try {
            released.await();
        } catch (InterruptedException e) {
            throw new AssertionError(e);
        }
    }

    private static void awaitStandstill(Thread thread) {
        awaitState(thread, Thread.State.WAITING);
    }

    private static void awaitState(Thread thread, Thread.State state) {
        while (thread.getState() != state && thread.isAlive()) {
            Thread.onSpinWait();
        }
    }

    /** Makes a call in a thread of its own, and comes back when it waits. */
    private static <T> Future<T> callThatWaits(Callable<T> call) {
        FutureTask<T> task = new FutureTask<>(call);
        awaitState(Thread.ofPlatform().start(task), Thread.State.TIMED_WAITING);
        return task;
    }

    private static boolean begins(Append append, String id) {
        return append.messages().getFirst().id().value().equals(id);
    }

    /** Begins to replay what waits, as the store is back, and holds it when this message is stored. */
    private Future<?> replayHeldBehind(String id) throws InterruptedException {
        f.up();
        f.store.afterAppend = append -> {
            if (begins(append, id)) {
                waitHere();
            }
        };
        Future<?> draining = threads.submit(f.outbox::probe);
        reached.await();
        return draining;
    }

    @Test
    @DisplayName("a message whose conversation is just being replayed waits for that, and goes to the store itself")
    void waitsForTheReplay() throws InterruptedException, ExecutionException {
        f.use(f.settings.probingEvery(A_MINUTE));
        f.down();
        f.append(ALEX, "m1");
        Future<?> draining = replayHeldBehind("m1");
        Future<Receipt> receipt = callThatWaits(() -> f.append(ALEX, "m2"));
        assertThat(f.append(BO, "b1")).isInstanceOf(Receipt.Stored.class);
        released.countDown();
        draining.get();

        assertThat(receipt.get()).isInstanceOf(Receipt.Stored.class);
        assertThat(f.store.contents(ALEX)).containsExactly("m1", "m2");
    }

    @Test
    @DisplayName("so does a clear")
    void clearWaitsForTheReplay() throws InterruptedException, ExecutionException {
        f.use(f.settings.probingEvery(A_MINUTE));
        f.down();
        f.append(ALEX, "m1");
        Future<?> draining = replayHeldBehind("m1");
        Future<ClearReceipt> receipt = callThatWaits(() -> f.outbox.clear(ALEX));
        released.countDown();
        draining.get();

        assertThat(receipt.get()).isEqualTo(ClearReceipt.CLEARED);
        assertThat(f.store.contents(ALEX)).isEmpty();
    }

    @Test
    @DisplayName("it waits no longer when the replay pauses or ends without it, and is accepted")
    void replayPauses() throws InterruptedException, ExecutionException {
        StoreUnavailable away = new StoreUnavailable("away again", null);
        for (RuntimeException failure : List.of(
                new StoreUnavailable("no answer in time", null), StoreLimitReached.ofRequest("too large"), away)) {
            Fixture fixture = new Fixture();
            fixture.use(fixture.settings.probingEvery(A_MINUTE));
            fixture.down();
            fixture.append(BO, "b1");
            fixture.append(ALEX, "m1");
            fixture.up();
            AtomicReference<Future<Receipt>> receipt = new AtomicReference<>();
            fixture.store.beforeAppend = append -> {
                if (begins(append, "m1")) {
                    receipt.set(callThatWaits(() -> fixture.append(ALEX, "m2")));
                    if (failure == away) {
                        fixture.down();
                    }
                    throw failure;
                }
            };
            fixture.outbox.probe();

            assertThat(receipt.get().get()).isInstanceOf(Receipt.Accepted.class);
            assertThat(shown(fixture.read(ALEX))).containsExactly("m1", "m2");
        }
    }

    @Test
    @DisplayName("calls that fail during a replay do not keep those of others from the store until all is replayed")
    void callsFailMeanwhile() {
        f.down();
        List<String> ids = IntStream.range(0, 3 * Conversation.HORIZON)
                .mapToObj(i -> "m" + i)
                .toList();
        ids.forEach(id -> f.append(ALEX, id));
        List<Receipt> others = new ArrayList<>();
        Set<String> failed = new HashSet<>();
        f.store.beforeAppend = append -> {
            String id = append.messages().getFirst().id().value();
            if (id.startsWith("fails") && failed.add(id)) {
                throw new StoreUnavailable("no answer in time", null);
            }
            if (begins(append, "m64")) {
                others.add(f.append(BO, "b1"));
            }
        };
        f.store.afterAppend = append -> {
            String id = append.messages().getFirst().id().value();
            if (ids.contains(id)) {
                f.append(ConversationId.of("onboarding", id), "fails" + id);
            }
        };
        f.upAndProbe();

        assertThat(others).hasExactlyElementsOfTypes(Receipt.Stored.class);
        assertThat(failed).hasSize(6);
        assertThat(f.store.contents(ALEX)).containsExactlyElementsOf(ids);
        assertThat(f.outbox.statistics().degradedSince()).isEmpty();
    }

    @Test
    @DisplayName("it waits a moment only, then it queues behind, though the store is back")
    void queuesBehindTheReplay() throws InterruptedException, ExecutionException {
        f.use(f.settings.probingEvery(Duration.ofMillis(1)));
        f.down();
        f.append(ALEX, "m1");
        Future<?> draining = replayHeldBehind("m1");
        assertThat(f.append(ALEX, "m2")).isInstanceOf(Receipt.Accepted.class);
        assertThat(shown(f.read(ALEX))).containsExactly("m1", "m2");
        assertThat(f.append(BO, "b1")).isInstanceOf(Receipt.Stored.class);
        released.countDown();
        draining.get();
        assertThat(f.store.contents(ALEX)).containsExactly("m1", "m2");
        assertThat(f.outbox.statistics().degradedSince()).isEmpty();
    }

    @Test
    @DisplayName("what is still being written to the journal does not go to the store together with what is there")
    void stillBeingWritten() throws InterruptedException, ExecutionException {
        f.down();
        f.append(BO, "b1");
        f.append(ALEX, "m1");
        f.journal.beforeAppend = entry -> {
            waitHere();
            throw new StoreUnavailable("disk full", null);
        };
        Future<Receipt> refused = threads.submit(() -> f.append(ALEX, "m2"));
        reached.await();
        f.store.afterAppend = append -> {
            if (begins(append, "m1")) {
                released.countDown();
            }
        };
        f.upAndProbe();

        assertThatThrownBy(refused::get).hasCauseInstanceOf(StoreUnavailable.class);
        assertThat(f.store.contents(ALEX)).containsExactly("m1");
    }

    @Test
    @DisplayName("a call that was under way when the store went down is accepted behind what came in meanwhile")
    void inFlight() throws InterruptedException, ExecutionException {
        f.store.beforeAppend = append -> {
            if (begins(append, "slow")) {
                waitHere();
            }
        };
        Future<Receipt> slow = threads.submit(() -> f.append(ALEX, "slow"));
        reached.await();
        f.down();
        f.append(ALEX, "m1");
        released.countDown();
        assertThat(slow.get()).isInstanceOf(Receipt.Accepted.class);
        f.append(ALEX, "m2");
        f.upAndProbe();
        assertThat(f.store.contents(ALEX)).containsExactly("m1", "slow", "m2");
    }

    @Test
    @DisplayName("a call that fails only after everything else is live again begins a new episode and is not lost")
    void lateFailure() throws InterruptedException, ExecutionException {
        f.store.beforeAppend = append -> {
            if (begins(append, "late")) {
                waitHere();
                throw new StoreUnavailable("timeout", null);
            }
        };
        Future<Receipt> late = threads.submit(() -> f.append(ALEX, "late"));
        reached.await();
        f.down();
        f.append(ALEX, "m1");
        f.upAndProbe();
        assertThat(f.outbox.statistics().degradedSince()).isEmpty();
        released.countDown();
        assertThat(late.get()).isInstanceOf(Receipt.Accepted.class);
        f.store.beforeAppend = append -> {};
        f.outbox.probe();
        assertThat(f.store.contents(ALEX)).containsExactly("m1", "late");
        assertThat(f.outbox.statistics().episodes()).isEqualTo(2);
    }

    @Test
    @DisplayName("a call that finds the store unavailable and then back goes to the store")
    void backMeanwhile() {
        AtomicReference<Runnable> meanwhile = new AtomicReference<>(() -> {});
        f.outbox = OutboxConversationStore.probedByHand(f.store, f.journal, f.settings, () -> {
            meanwhile.getAndSet(() -> {}).run();
            return f.instant();
        });
        f.down();
        f.append(ALEX, "m1");

        meanwhile.set(f::upAndProbe);
        assertThat(f.append(ALEX, "m2")).isInstanceOf(Receipt.Stored.class);
        assertThat(f.store.contents(ALEX)).containsExactly("m1", "m2");
    }

    @Test
    @DisplayName(
            "a read that meets a replay shows nothing out of order, though what was replayed is too much to be remembered")
    void readMeetsReplay() {
        AtomicReference<Runnable> meanwhile = new AtomicReference<>(() -> {});
        f.settings = f.settings.remembering(20_000).probingEvery(Duration.ofMillis(1));
        // The read looks at the clock between what waits and what is known.
        f.outbox = OutboxConversationStore.probedByHand(f.store, f.journal, f.settings, () -> {
            meanwhile.getAndSet(() -> {}).run();
            return f.instant();
        });
        f.down();
        f.append(BO, "b1");
        List<String> ids = IntStream.range(0, 100).mapToObj(i -> "m" + i).toList();
        ids.forEach(id -> f.append(ALEX, id));
        f.store.beforeAppend = append -> {
            if (begins(append, "m64")) {
                throw new StoreUnavailable("no answer in time", null);
            }
        };
        f.up();
        meanwhile.set(f.outbox::probe);
        List<String> seen = shown(f.read(ALEX));

        assertThat(seen).isEqualTo(ids.subList(100 - seen.size(), 100)).hasSizeBetween(37, 99);
    }

    @Test
    @DisplayName("a message is accepted, shown and replayed only after it is in the journal")
    void journalFirst() throws InterruptedException, ExecutionException {
        f.down();
        f.append(BO, "b1");
        f.journal.beforeAppend = entry -> waitHere();
        Future<Receipt> accepted = threads.submit(() -> f.append(ALEX, "m1"));
        reached.await();
        assertThat(accepted.isDone()).isFalse();
        assertThat(shown(f.read(ALEX))).isEmpty();
        f.up();
        CountDownLatch replayed = new CountDownLatch(1);
        f.store.afterAppend = append -> replayed.countDown();
        Thread draining = Thread.ofPlatform().start(f.outbox::probe);
        FutureTask<Receipt> repeat = new FutureTask<>(() -> f.append(ALEX, "m1"));
        Thread repeating = Thread.ofPlatform().start(repeat);
        replayed.await();
        awaitStandstill(draining);
        awaitStandstill(repeating);
        assertThat(f.store.writes).containsExactly("bo:b1");
        assertThat(draining.isAlive()).isTrue();
        assertThat(repeat.isDone()).isFalse();
        released.countDown();
        assertThat(accepted.get()).isInstanceOf(Receipt.Accepted.class);
        repeat.get();
        draining.join();
        assertThat(f.store.contents(ALEX)).containsExactly("m1");
        assertThat(f.journal.entries).isEmpty();
    }

    @Test
    @DisplayName("if the journal fails, whoever waits for the same entry is refused, too, and nothing stays behind")
    void journalFails() throws InterruptedException {
        f.down();
        f.append(BO, "b1");
        f.journal.beforeAppend = entry -> {
            waitHere();
            throw new StoreUnavailable("disk full", null);
        };
        Future<Receipt> first = threads.submit(() -> f.append(ALEX, "m1"));
        reached.await();
        FutureTask<Receipt> repeat = new FutureTask<>(() -> f.append(ALEX, "m1"));
        Thread repeating = Thread.ofPlatform().start(repeat);
        awaitStandstill(repeating);
        f.up();
        Thread draining = Thread.ofPlatform().start(f.outbox::probe);
        awaitStandstill(draining);
        released.countDown();
        assertThatThrownBy(first::get).hasCauseInstanceOf(StoreUnavailable.class);
        assertThatThrownBy(repeat::get).hasCauseInstanceOf(StoreUnavailable.class);
        draining.join();
        assertThat(f.outbox.statistics().waitingMessages()).isZero();
        assertThat(f.store.writes).containsExactly("bo:b1");
    }

    @Test
    @DisplayName(
            "who waits for the outbox's lock or for the journal has no monitor in its hand, or others may not go on")
    void noMonitorWhileWaiting() throws InterruptedException {
        Outbox outbox = new Outbox(f.settings, f, List.of(), 0);
        DrainPass pass = new DrainPass(outbox, 0);
        Thread helper = outbox.gate().lockedGet(() -> {
            Thread waiting = Thread.ofPlatform().start(pass::next);
            awaitStandstill(waiting);
            assertThat(monitorsOf(waiting)).isEmpty();
            return waiting;
        });
        helper.join();

        f.down();
        f.append(ALEX, "m1");
        f.up();
        f.store.beforeAppend = append -> {
            throw new MessageIdConflict("m1", "with other content");
        };
        f.journal.beforeChange =
                () -> assertThat(monitorsOf(Thread.currentThread())).isEmpty();
        f.outbox.probe();
        assertThat(f.outbox.keptAside()).hasSize(1);
    }

    private static MonitorInfo[] monitorsOf(Thread thread) {
        long[] id = {thread.threadId()};
        return ManagementFactory.getThreadMXBean()
                .getThreadInfo(id, true, false)[0]
                .getLockedMonitors();
    }

    @Test
    @DisplayName(
            "a clear that comes while its conversation is just being replayed takes its place behind what it shall remove")
    void clearBehindTheReplay() throws InterruptedException, ExecutionException {
        f.use(f.settings.probingEvery(Duration.ofMillis(1)));
        f.down();
        f.append(ALEX, "m1");
        f.append(ALEX, "m2");
        Future<?> draining = replayHeldBehind("m1");
        assertThat(f.outbox.clear(ALEX)).isEqualTo(ClearReceipt.ACCEPTED);
        assertThat(shown(f.read(ALEX))).isEmpty();
        assertThat(f.append(ALEX, "m1")).isInstanceOf(Receipt.Accepted.class);
        assertThat(shown(f.read(ALEX))).containsExactly("m1");
        released.countDown();
        draining.get();
        assertThat(f.store.writes).containsExactly("alex:m1", "alex:m2", "alex:clear", "alex:m1");
        assertThat(shown(f.read(ALEX))).containsExactly("m1");
        assertThat(f.outbox.statistics().degradedSince()).isEmpty();
    }
}
