package dev.colloquy.adapter.redis;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.colloquy.domain.error.ColloquyException;
import dev.colloquy.domain.error.StoreAccessRefused;
import dev.colloquy.domain.error.StoreLimitReached;
import dev.colloquy.domain.error.StoreUnavailable;
import java.time.Duration;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.List;
import java.util.concurrent.atomic.AtomicLong;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

@DisplayName("A call that fails")
class ResilienceTest {

    private static final RedisSettings.Patience PATIENCE = new RedisSettings.Patience(
            Duration.ofSeconds(1),
            Duration.ofSeconds(1),
            Duration.ofSeconds(20),
            3,
            Duration.ofMillis(10),
            5,
            Duration.ofMinutes(1));

    private final List<RedisListener.Event> events = new ArrayList<>();
    private final AtomicLong nanoTime = new AtomicLong(Long.MAX_VALUE);
    private final Resilience resilience = new Resilience(PATIENCE, events::add, nanoTime::get);
    private final Deque<ColloquyException> failures = new ArrayDeque<>();
    private final List<Boolean> firsts = new ArrayList<>();

    private String call() {
        return resilience.call(attempt -> {
            firsts.add(attempt.isFirst());
            ColloquyException failure = failures.poll();
            if (failure != null) {
                if (failure == INTERRUPTED) {
                    Thread.currentThread().interrupt();
                }
                throw failure;
            }
            return "done";
        });
    }

    @Test
    @DisplayName("says of its first attempt only that it is the first")
    void firstAttempt() {
        failures.addAll(List.of(unavailable(), unavailable()));
        call();
        call();

        assertThat(firsts).containsExactly(true, false, false, true);
    }

    private static ColloquyException unavailable() {
        return new StoreUnavailable("no answer", null);
    }

    @Test
    @DisplayName("is made again, three times at most")
    void threeRetries() {
        failures.addAll(List.of(unavailable(), unavailable(), unavailable()));
        assertThat(call()).isEqualTo("done");

        failures.addAll(List.of(unavailable(), unavailable(), unavailable(), unavailable()));
        assertThatThrownBy(this::call).isInstanceOf(StoreUnavailable.class);
        assertThat(events).filteredOn(RedisListener.Event.RETRIED::equals).hasSize(6);
        assertThat(events).last().isEqualTo(RedisListener.Event.GAVE_UP);
    }

    @Test
    @DisplayName("is not made again if the reason will not pass")
    void refused() {
        failures.add(new StoreAccessRefused("wrong password", null));

        assertThatThrownBy(this::call).isInstanceOf(StoreAccessRefused.class);
        assertThat(events).isEmpty();
    }

    @ParameterizedTest
    @ValueSource(booleans = {true, false})
    @DisplayName("has an unknown outcome if one attempt had no answer and the next was refused")
    void refusedAfterNoAnswer(boolean limit) {
        failures.add(unavailable());
        failures.add(limit ? new StoreLimitReached("no memory", null) : new StoreAccessRefused("no password", null));

        assertThatThrownBy(this::call)
                .isInstanceOf(StoreUnavailable.class)
                .hasMessageContaining(limit ? "no memory" : "no password");
    }

    /** A failure that finds the thread interrupted, as one does that waits for Redis. */
    private static final ColloquyException INTERRUPTED = new StoreUnavailable("interrupted", null);

    @AfterEach
    void leaveThreadAsItWas() {
        Thread.interrupted();
    }

    @Test
    @DisplayName("ends at once, as itself, when its thread was interrupted, which stays so")
    void interrupted() {
        failures.add(INTERRUPTED);

        assertThatThrownBy(this::call).isSameAs(INTERRUPTED);
        assertThat(Thread.currentThread().isInterrupted()).isTrue();
        assertThat(events).isEmpty();
        assertThat(firsts).hasSize(1);
    }

    @Test
    @DisplayName("ends as itself when its thread is interrupted between two attempts, which stays so")
    void interruptedInPause() {
        Resilience slow = new Resilience(
                new RedisSettings.Patience(
                        Duration.ofSeconds(1),
                        Duration.ofSeconds(1),
                        Duration.ofMinutes(1),
                        3,
                        Duration.ofSeconds(20),
                        5,
                        Duration.ofMinutes(1)),
                events::add);
        Thread caller = Thread.currentThread();
        StoreUnavailable failure = new StoreUnavailable("no answer", null);

        assertThatThrownBy(() -> slow.call(attempt -> {
                    firsts.add(attempt.isFirst());
                    Thread.ofVirtual().start(() -> interruptWhenAsleep(caller));
                    throw failure;
                }))
                .isSameAs(failure);
        assertThat(caller.isInterrupted()).isTrue();
        assertThat(events).isEmpty();
        assertThat(firsts).hasSize(1);
    }

    private static void interruptWhenAsleep(Thread thread) {
        while (thread.getState() != Thread.State.TIMED_WAITING) {
            Thread.onSpinWait();
        }
        thread.interrupt();
    }

    @Test
    @DisplayName("is not counted against Redis when its thread was interrupted, nor taken for a sign of life")
    void interruptedIsNoSign() {
        for (int i = 0; i < 10; i++) {
            failures.add(INTERRUPTED);
            assertThatThrownBy(this::call).isSameAs(INTERRUPTED);
            Thread.interrupted();
        }
        assertThat(events).isEmpty();

        Resilience probing = probing();
        assertThatThrownBy(() -> probing.call(attempt -> {
                    Thread.currentThread().interrupt();
                    throw INTERRUPTED;
                }))
                .isSameAs(INTERRUPTED);
        Thread.interrupted();
        assertThat(events).last().isEqualTo(RedisListener.Event.BREAKER_HALF_OPENED);
        assertThat(probing.<String>call(attempt -> "done")).isEqualTo("done");
        assertThat(events).last().isEqualTo(RedisListener.Event.BREAKER_CLOSED);
    }

    /** One whose breaker has opened and lets one call through now. */
    private Resilience probing() {
        Resilience probing = trying(1);
        failForAWhile(probing);
        assertThat(events).contains(RedisListener.Event.BREAKER_OPENED);
        pass(Duration.ofMinutes(1).plusSeconds(1));
        return probing;
    }

    /** One that makes no call again. */
    private Resilience trying(int breakerFailures) {
        return new Resilience(
                new RedisSettings.Patience(
                        PATIENCE.connect(),
                        PATIENCE.attempt(),
                        PATIENCE.deadline(),
                        0,
                        PATIENCE.backoff(),
                        breakerFailures,
                        PATIENCE.breakerPause()),
                events::add,
                nanoTime::get);
    }

    /** So that nothing succeeded in all the time over which the breaker looks back. */
    private void failForAWhile(Resilience failing) {
        fail(failing);
        pass(PATIENCE.deadline().multipliedBy(2));
        fail(failing);
        pass(Duration.ofSeconds(1));
        fail(failing);
    }

    private static void fail(Resilience failing) {
        assertThatThrownBy(() -> failing.call(attempt -> {
                    throw unavailable();
                }))
                .isInstanceOf(StoreUnavailable.class);
    }

    private void pass(Duration time) {
        nanoTime.addAndGet(time.toNanos());
    }

    @Test
    @DisplayName("with an error that says nothing about Redis leaves it to the next call to see whether that is back")
    void errorWhileProbing() {
        Resilience probing = probing();
        assertThatThrownBy(() -> probing.call(attempt -> {
                    throw new LinkageError("for the test");
                }))
                .isInstanceOf(LinkageError.class);

        assertThat(probing.<String>call(attempt -> "done")).isEqualTo("done");
        assertThat(events).last().isEqualTo(RedisListener.Event.BREAKER_CLOSED);
    }

    @Test
    @DisplayName("opens the breaker when there was nothing but failures for a while, and then nothing is asked")
    void breaker() {
        failForAWhile(resilience);
        assertThat(events).contains(RedisListener.Event.BREAKER_OPENED);

        assertThatThrownBy(this::call).isInstanceOf(StoreUnavailable.class);
        assertThat(events)
                .containsOnlyOnce(RedisListener.Event.BREAKER_OPENED)
                .last()
                .isEqualTo(RedisListener.Event.REFUSED);
        assertThat(firsts).isEmpty();
    }

    @ParameterizedTest
    @ValueSource(ints = {0, 1, 3600})
    @DisplayName(
            "at the same moment as those of many others does not open the breaker, however long nobody called before")
    void manyAtOnce(int secondsBefore) {
        Resilience once = trying(5);
        pass(Duration.ofSeconds(secondsBefore));
        for (int i = 0; i < 64; i++) {
            fail(once);
        }
        pass(PATIENCE.deadline());
        fail(once);

        assertThat(events).doesNotContain(RedisListener.Event.BREAKER_OPENED);
        assertThat(once.<String>call(attempt -> "done")).isEqualTo("done");
    }

    @Test
    @DisplayName("again and again while Redis answers otherwise does not open the breaker: others get through")
    void answeredMeanwhile() {
        for (int i = 0; i < 3; i++) {
            fail(resilience);
            pass(PATIENCE.deadline());
            resilience.answered();
            fail(resilience);
            pass(PATIENCE.deadline());
        }

        assertThat(events).doesNotContain(RedisListener.Event.BREAKER_OPENED);
        assertThat(call()).isEqualTo("done");
    }

    @Test
    @DisplayName(
            "leaves no open breaker behind when Redis has answered otherwise after the pause, though nobody calls again")
    void answeredAfterPause() {
        probing().answered();

        assertThat(events).last().isEqualTo(RedisListener.Event.BREAKER_CLOSED);
    }
}
