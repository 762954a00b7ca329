package dev.colloquy.adapter.redis;

import static org.assertj.core.api.Assertions.assertThat;

import dev.colloquy.domain.error.StoreUnavailable;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicLong;
import java.util.function.Consumer;
import java.util.function.LongSupplier;
import java.util.stream.Stream;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;

@DisplayName("A pipeline")
class LaneTest {

    private static final Script SCRIPT = Script.READ;

    private final List<List<Call>> sent = new ArrayList<>();
    private final List<Consumer<Boolean>> answers = new ArrayList<>();
    private final List<Runnable> handedOver = new ArrayList<>();

    /** By a clock of its own: on a busy machine any way may look long. */
    private Lane lane(Duration patience) {
        return lane(patience, new AtomicLong()::incrementAndGet);
    }

    private Lane lane(Duration patience, LongSupplier nanoTime) {
        return new Lane(
                (batch, answered, over) -> {
                    sent.add(batch);
                    answers.add(over);
                },
                handedOver::add,
                patience,
                () -> {},
                nanoTime);
    }

    private static ScriptCall call(int bytes) {
        return call(bytes, Long.MAX_VALUE);
    }

    private static ScriptCall call(int bytes, long deadline) {
        return new ScriptCall(
                SCRIPT,
                SCRIPT.plain(),
                false,
                false,
                "",
                "",
                0,
                List.of(new byte[bytes]),
                false,
                deadline,
                new CompletableFuture<>());
    }

    /** A lane whose first batch was answered. */
    private Lane warm(Duration patience) {
        return warm(lane(patience));
    }

    private Lane warm(Lane lane) {
        ScriptCall first = call(1);
        lane.submit(first);
        handedOver.removeFirst().run();
        answers.removeFirst().accept(true);
        first.reply().complete(Reply.of(List.of()));
        sent.clear();
        return lane;
    }

    @Test
    @DisplayName("is left to another thread until the first answer, then sent at once")
    void handOver() {
        Lane lane = lane(Duration.ofMinutes(1));
        lane.submit(call(1));
        assertThat(sent).isEmpty();
        handedOver.removeFirst().run();
        assertThat(sent).hasSize(1);

        answers.getFirst().accept(true);
        lane.submit(call(1));
        assertThat(handedOver).isEmpty();
        assertThat(sent).hasSize(2);
    }

    @Test
    @DisplayName("is left to another thread again after a failure")
    void handOverAfterFailure() {
        Lane lane = warm(Duration.ofMinutes(1));
        lane.submit(call(1));
        answers.getFirst().accept(false);
        lane.submit(call(1));

        assertThat(sent).hasSize(1);
        assertThat(handedOver).hasSize(1);
    }

    @Test
    @DisplayName("gathers what comes while two are on their way")
    void gathers() {
        Lane lane = warm(Duration.ofMinutes(1));
        submit(lane, 10);
        assertThat(sent).extracting(List::size).containsExactly(1, 1);

        answers.get(1).accept(true);
        assertThat(sent).extracting(List::size).containsExactly(1, 1, 8);
    }

    @Test
    @DisplayName("takes a third of many calls, so that the server and the callers have work at the same time")
    void thirds() {
        Lane lane = warm(Duration.ofMinutes(1));
        submit(lane, 92);
        answers.get(0).accept(true);
        assertThat(sent).extracting(List::size).containsExactly(1, 1, 31);
        answers.get(1).accept(true);
        assertThat(sent).extracting(List::size).containsExactly(1, 1, 31, 30);
        answers.get(2).accept(true);
        assertThat(sent).extracting(List::size).containsExactly(1, 1, 31, 30, 20);
    }

    @Test
    @DisplayName("is crowded while sixteen calls or more are on a short way")
    void crowded() {
        Lane lane = warm(Duration.ofMinutes(1));
        submit(lane, 17);
        answers.get(0).accept(true);
        answers.get(1).accept(true);
        assertThat(sent).extracting(List::size).containsExactly(1, 1, 15);
        assertThat(lane.isCrowded()).isFalse();

        submit(lane, 8);
        assertThat(sent).extracting(List::size).containsExactly(1, 1, 15, 8);
        assertThat(lane.isCrowded()).isTrue();

        answers.get(3).accept(true);
        assertThat(lane.isCrowded()).isFalse();
    }

    @Test
    @DisplayName("departs as the second only when half as many wait as are on their way")
    void half() {
        Lane lane = warm(Duration.ofMinutes(1));
        submit(lane, 12);
        answers.get(0).accept(true);
        answers.get(1).accept(true);
        assertThat(sent).extracting(List::size).containsExactly(1, 1, 10);

        submit(lane, 4);
        assertThat(sent).hasSize(3);
        submit(lane, 1);
        assertThat(sent).extracting(List::size).containsExactly(1, 1, 10, 5);
    }

    @Test
    @DisplayName("leaves as soon as nothing is on its way, however few wait")
    void alone() {
        Lane lane = warm(Duration.ofMinutes(1));
        submit(lane, 12);
        answers.get(0).accept(true);
        answers.get(1).accept(true);
        submit(lane, 1);
        assertThat(sent).hasSize(3);

        answers.get(2).accept(true);
        assertThat(sent).extracting(List::size).containsExactly(1, 1, 10, 1);
    }

    @Test
    @DisplayName("is one of up to eight where the way is long, until one has come back fast")
    void longWay() {
        AtomicLong clock = new AtomicLong();
        Lane lane = warm(lane(Duration.ofMinutes(1), clock::get));
        submit(lane, 1);
        clock.addAndGet(Duration.ofMillis(20).toNanos());
        answers.getFirst().accept(true);
        submit(lane, 100);
        assertThat(sent).extracting(List::size).containsExactly(1, 1, 1, 1, 1, 1, 1, 1, 1);
        clock.addAndGet(Duration.ofMillis(20).toNanos());
        answers.get(1).accept(true);
        answers.get(2).accept(true);
        assertThat(sent).extracting(List::size).endsWith(1, 16, 16);
        assertThat(lane.isCrowded()).as("crowded").isFalse();

        clock.addAndGet(Duration.ofMillis(1).toNanos());
        answers.get(10).accept(true);
        assertThat(sent).as("seven are on their way").hasSize(11);
        assertThat(lane.isCrowded()).as("crowded").isTrue();
    }

    @Test
    @DisplayName("is one of two still, when now and then one takes long")
    void seldomLong() {
        AtomicLong clock = new AtomicLong();
        Lane lane = warm(lane(Duration.ofMinutes(1), clock::get));
        for (int i = 0; i < 3; i++) {
            submit(lane, 1);
            clock.addAndGet(Duration.ofMillis(i == 1 ? 50 : 1).toNanos());
            answers.get(i).accept(true);
        }
        submit(lane, 10);
        assertThat(sent).hasSize(5);
    }

    @Test
    @DisplayName("holds at most 256 calls and a megabyte, but one larger call alone")
    void bounded() {
        Lane lane = warm(Duration.ofMinutes(1));
        submit(lane, 1002);
        answers.get(0).accept(true);
        assertThat(sent.getLast()).hasSize(256);
        for (int i = 1; i < sent.size(); i++) {
            answers.get(i).accept(true);
        }
        sent.clear();
        answers.clear();

        submit(lane, 2);
        lane.submit(call(2 << 20));
        lane.submit(call(600 << 10));
        lane.submit(call(600 << 10));
        for (int i = 0; i < sent.size(); i++) {
            answers.get(i).accept(true);
        }
        assertThat(sent).extracting(List::size).containsExactly(1, 1, 1, 1, 1);
    }

    @Test
    @DisplayName("leaves out calls that nobody waits for any more")
    void abandoned() {
        Lane lane = warm(Duration.ofMinutes(1));
        submit(lane, 2);
        ScriptCall abandoned = call(1);
        abandoned.reply().cancel(false);
        lane.submit(abandoned);
        answers.forEach(answer -> answer.accept(true));

        assertThat(sent).hasSize(2);
    }

    @Test
    @DisplayName("that is never answered does not hold up the next for ever")
    void forgotten() {
        Lane lane = warm(Duration.ZERO);
        submit(lane, 3);
        assertThat(sent).hasSize(3);

        answers.forEach(answer -> answer.accept(true));
        submit(lane, 1);
        assertThat(sent).hasSize(4);
    }

    @Test
    @DisplayName("fails its calls when the store was closed before anything was sent")
    void closed() {
        Lane lane = new Lane(
                (batch, answered, over) -> {},
                work -> {
                    throw new RejectedExecutionException("closed");
                },
                Duration.ofMinutes(1),
                () -> {},
                System::nanoTime);
        ScriptCall call = call(1);
        lane.submit(call);

        assertThat(call.reply())
                .failsWithin(Duration.ZERO)
                .withThrowableThat()
                .havingRootCause()
                .withMessage("closed");
    }

    @Test
    @DisplayName("ends the calls whose time is over, on their way or not, and no others")
    void deadlines() {
        Lane lane = warm(Duration.ofMinutes(1));
        List<ScriptCall> calls =
                Stream.of(5L, 7L, 5L, 7L).map(deadline -> call(1, deadline)).toList();
        calls.forEach(lane::submit);
        assertThat(sent).hasSize(2);

        assertThat(lane.expire(4)).isTrue();
        assertThat(calls).noneMatch(call -> call.reply().isDone());
        assertThat(lane.expire(5)).isTrue();
        assertThat(calls).extracting(call -> call.reply().isDone()).containsExactly(true, false, true, false);
        assertThat(calls.getFirst().reply())
                .failsWithin(Duration.ZERO)
                .withThrowableThat()
                .withCauseInstanceOf(StoreUnavailable.class);
        assertThat(lane.expire(7)).isTrue();
        assertThat(calls).allMatch(call -> call.reply().isDone());
        assertThat(lane.expire(8)).isFalse();
    }

    @Test
    @DisplayName("ends a call in time also if the answer to its batch has come but did not get to it")
    void answerLost() {
        Lane lane = warm(Duration.ofMinutes(1));
        ScriptCall call = call(1, 5);
        lane.submit(call);
        answers.removeFirst().accept(true);

        assertThat(lane.expire(4)).isTrue();
        assertThat(lane.expire(5)).isTrue();
        assertThat(call.reply())
                .failsWithin(Duration.ZERO)
                .withThrowableThat()
                .withCauseInstanceOf(StoreUnavailable.class);
        assertThat(lane.expire(6)).isFalse();
    }

    @Test
    @DisplayName("fails a call, and does not send it, if there is no thread to end it in time")
    void noThreadForDeadlines() {
        Lane lane = new Lane(
                (batch, answered, over) -> sent.add(batch),
                Runnable::run,
                Duration.ofMinutes(1),
                LaneTest::noThread,
                System::nanoTime);
        ScriptCall call = call(1);
        lane.submit(call);

        assertThat(call.reply()).isCompletedExceptionally();
        assertThat(sent).isEmpty();
    }

    @Test
    @DisplayName("fails a call if there is no thread to send it, and goes on with the next")
    void noThreadForSending() {
        AtomicInteger threads = new AtomicInteger();
        Lane lane = new Lane(
                (batch, answered, over) -> sent.add(batch),
                work -> {
                    if (threads.getAndDecrement() <= 0) {
                        noThread();
                    }
                    work.run();
                },
                Duration.ofMinutes(1),
                () -> {},
                System::nanoTime);
        ScriptCall call = call(1);
        lane.submit(call);
        assertThat(call.reply()).isCompletedExceptionally();

        threads.set(1);
        lane.submit(call(1));
        assertThat(sent).hasSize(1);
    }

    /** Really an OutOfMemoryError, with which JUnit would end all tests. */
    private static void noThread() {
        throw new InternalError("no thread");
    }

    private static void submit(Lane lane, int calls) {
        for (int i = 0; i < calls; i++) {
            lane.submit(call(1));
        }
    }
}
