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
    private final Resilience resilience = new Resilience(PATIENCE, events::add);
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
        RedisSettings.Patience brief = new RedisSettings.Patience(
                Duration.ofSeconds(1),
                Duration.ofSeconds(1),
                Duration.ofSeconds(20),
                0,
                Duration.ofMillis(10),
                1,
                Duration.ofMinutes(1));
        AtomicLong nanoTime = new AtomicLong(Long.MAX_VALUE);
        Resilience probing = new Resilience(brief, events::add, nanoTime::get);
        assertThatThrownBy(() -> probing.call(attempt -> {
                    throw unavailable();
                }))
                .isInstanceOf(StoreUnavailable.class);
        assertThat(events).contains(RedisListener.Event.BREAKER_OPENED);
        nanoTime.addAndGet(Duration.ofSeconds(61).toNanos());
        return probing;
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
    @DisplayName("opens the breaker when there was nothing but failures, and then nothing is asked")
    void breaker() {
        failures.addAll(List.of(unavailable(), unavailable(), unavailable(), unavailable(), unavailable()));
        assertThatThrownBy(this::call).isInstanceOf(StoreUnavailable.class);
        assertThatThrownBy(this::call).isInstanceOf(StoreUnavailable.class);
        assertThat(events).contains(RedisListener.Event.BREAKER_OPENED);

        assertThatThrownBy(this::call).isInstanceOf(StoreUnavailable.class);
        assertThat(events)
                .containsOnlyOnce(RedisListener.Event.BREAKER_OPENED)
                .last()
                .isEqualTo(RedisListener.Event.REFUSED);
        assertThat(failures).isEmpty();
    }

    @Test
    @DisplayName("again and again while Redis answers otherwise does not open the breaker: others get through")
    void answeredMeanwhile() {
        for (int i = 0; i < 3; i++) {
            failures.addAll(List.of(unavailable(), unavailable(), unavailable(), unavailable()));
            assertThatThrownBy(this::call).isInstanceOf(StoreUnavailable.class);
            resilience.answered();
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
