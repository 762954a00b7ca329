package dev.colloquy.adapter.redis;

import dev.colloquy.domain.error.ColloquyException;
import dev.colloquy.domain.error.StoreAccessRefused;
import dev.colloquy.domain.error.StoreLimitReached;
import dev.colloquy.domain.error.StoreUnavailable;
import io.github.resilience4j.circuitbreaker.CallNotPermittedException;
import io.github.resilience4j.circuitbreaker.CircuitBreaker;
import io.github.resilience4j.circuitbreaker.CircuitBreakerConfig;
import io.github.resilience4j.core.IntervalFunction;
import io.github.resilience4j.retry.Retry;
import io.github.resilience4j.retry.RetryConfig;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneId;
import java.time.ZoneOffset;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicReference;
import java.util.function.Function;
import java.util.function.LongSupplier;
import java.util.function.Supplier;

/**
 * Retries what can pass, within a deadline, and stops asking a Redis that keeps failing. Only {@link StoreUnavailable}
 * is retried and counted against Redis: any other answer shows that it is there. When the caller's thread is interrupted,
 * it is neither: that says nothing about Redis. Safe for any number of threads.
 */
final class Resilience {

    private static final double HALF = 0.5;
    private static final int PROBES = 1;

    private final RedisSettings.Patience patience;
    private final RedisListener listener;
    private final Retry retry;
    private final CircuitBreaker breaker;
    private final AtomicReference<CircuitBreaker.State> announced = new AtomicReference<>(CircuitBreaker.State.CLOSED);

    Resilience(RedisSettings.Patience patience, RedisListener listener) {
        this(patience, listener, System::nanoTime);
    }

    /**
     * @param nanoTime as {@link System#nanoTime()}, for how long the breaker looks back and pauses
     */
    Resilience(RedisSettings.Patience patience, RedisListener listener, LongSupplier nanoTime) {
        this.patience = patience;
        this.listener = listener;
        this.retry = Retry.of(
                "redis",
                RetryConfig.custom()
                        .maxAttempts(patience.retries() + 1)
                        .intervalFunction(IntervalFunction.ofExponentialRandomBackoff(patience.backoff(), 2, HALF))
                        .retryOnException(StoreUnavailable.class::isInstance)
                        .build());
        this.breaker = CircuitBreaker.of(
                "redis",
                CircuitBreakerConfig.custom()
                        .clock(new SteadyClock(nanoTime))
                        // All of them: a success shows that Redis is there. And over a while, not in a row, because
                        // with one lost batch the attempts of many callers fail at once.
                        .failureRateThreshold(100)
                        .slidingWindowType(CircuitBreakerConfig.SlidingWindowType.TIME_BASED)
                        .slidingWindowSize(windowSeconds(patience))
                        .minimumNumberOfCalls(patience.breakerFailures())
                        .waitDurationInOpenState(patience.breakerPause())
                        .permittedNumberOfCallsInHalfOpenState(PROBES)
                        .recordException(StoreUnavailable.class::isInstance)
                        .ignoreException(failure -> failure instanceof StoreUnavailable && isInterrupted())
                        .build());
    }

    /**
     * Time since the beginning of 1970, as it were, but of a clock that nobody sets. The breaker compares such times: a
     * clock that is set back by an hour while it is open would keep it open for an hour.
     */
    private static final class SteadyClock extends Clock {

        private final LongSupplier nanoTime;
        private final long begin;

        private SteadyClock(LongSupplier nanoTime) {
            this.nanoTime = nanoTime;
            this.begin = nanoTime.getAsLong();
        }

        @Override
        public Instant instant() {
            return Instant.EPOCH.plusNanos(nanoTime.getAsLong() - begin);
        }

        @Override
        public ZoneId getZone() {
            return ZoneOffset.UTC;
        }

        @Override
        public Clock withZone(ZoneId zone) {
            return this;
        }
    }

    /** Twice a call's deadline, so that even a single caller's attempts fill it, and the second that has just begun. */
    private static int windowSeconds(RedisSettings.Patience patience) {
        return (int) patience.deadline().multipliedBy(2).toSeconds() + 1;
    }

    /**
     * One attempt to make a call.
     *
     * @param time how long it may take
     * @param isFirst whether no earlier attempt can have been carried out
     */
    record Attempt(Duration time, boolean isFirst) {}

    /**
     * Makes a call, again if need be.
     *
     * @param call throws what it throws already translated
     * @throws StoreUnavailable also if an attempt had no answer and a later one was refused: the first may have done it;
     *     and at once if the thread is interrupted, which it stays
     */
    <T> T call(Function<Attempt, T> call) {
        Retry.Context<T> tries = retry.context();
        long deadline = System.nanoTime() + patience.deadline().toNanos();
        boolean unanswered = false;
        for (Duration pause = patience.backoff(); ; pause = pause.multipliedBy(2)) {
            try {
                Attempt attempt = new Attempt(timeFor(deadline), !unanswered);
                return throughBreaker(() -> call.apply(attempt));
            } catch (CallNotPermittedException open) {
                listener.on(RedisListener.Event.REFUSED);
                throw new StoreUnavailable("Redis keeps failing, so it is not asked for a while", null);
            } catch (StoreLimitReached | StoreAccessRefused refused) {
                throw unanswered
                        ? new StoreUnavailable("first no answer, then: " + refused.getMessage(), null)
                        : refused;
            } catch (ColloquyException failure) {
                retryOrThrow(tries, failure, deadline - longest(pause));
                unanswered = true;
            }
        }
    }

    /**
     * Takes note that Redis answered otherwise than to a call: what fails then are those calls, which are perhaps too
     * large for the way to Redis, and the breaker does not keep others from it on their account. After its pause it closes.
     */
    void answered() {
        breaker.tryAcquirePermission();
        breaker.onSuccess(0, TimeUnit.NANOSECONDS);
        announceChange();
    }

    /** The breaker takes no notice of an Error, and would wait for ever for how the one call went that it let through. */
    private <T> T throughBreaker(Supplier<T> call) {
        try {
            return breaker.executeSupplier(() -> {
                announceChange();
                try {
                    return call.get();
                } catch (StoreUnavailable failure) {
                    trustAfterQuiet();
                    throw failure;
                }
            });
        } catch (Error broken) {
            breaker.releasePermission();
            throw broken;
        } finally {
            announceChange();
        }
    }

    /**
     * Counts a first failure, of a process that has just begun or of a call that nobody called before for a while, as
     * one after a success. Otherwise the attempts of many callers that fail together, as those in a cold JVM do, would be
     * nothing but failures, and open the breaker at once.
     */
    private void trustAfterQuiet() {
        if (breaker.getState() == CircuitBreaker.State.CLOSED
                && breaker.getMetrics().getNumberOfBufferedCalls() == 0) {
            breaker.onSuccess(0, TimeUnit.NANOSECONDS);
        }
    }

    /** Asks, instead of listening: for a listener the breaker makes an event of each call, with its time and time zone. */
    private void announceChange() {
        CircuitBreaker.State before = announced.get();
        CircuitBreaker.State now = breaker.getState();
        if (now != before && announced.compareAndSet(before, now)) {
            announce(now);
        }
    }

    /** The pause with all of its random part, in ns. */
    private static long longest(Duration pause) {
        return Math.round(pause.toNanos() * (1 + HALF));
    }

    /** Returns after the pause before the next attempt, or throws if there is none. */
    private void retryOrThrow(Retry.Context<?> tries, ColloquyException failure, long latest) {
        boolean canPass = failure instanceof StoreUnavailable;
        if (canPass && System.nanoTime() - latest >= 0) {
            gaveUp();
            throw failure;
        }
        try {
            // Throws the failure, too, if the thread is interrupted by the end of the pause, and leaves it so.
            tries.onRuntimeError(failure);
        } catch (ColloquyException last) {
            if (canPass) {
                gaveUp();
            }
            throw last;
        }
        listener.on(RedisListener.Event.RETRIED);
    }

    private void gaveUp() {
        if (!isInterrupted()) {
            listener.on(RedisListener.Event.GAVE_UP);
        }
    }

    private static boolean isInterrupted() {
        return Thread.currentThread().isInterrupted();
    }

    private Duration timeFor(long deadline) {
        Duration left = Duration.ofNanos(Math.max(1, deadline - System.nanoTime()));
        return left.compareTo(patience.attempt()) < 0 ? left : patience.attempt();
    }

    private void announce(CircuitBreaker.State state) {
        switch (state) {
            case OPEN, FORCED_OPEN -> listener.on(RedisListener.Event.BREAKER_OPENED);
            case HALF_OPEN -> listener.on(RedisListener.Event.BREAKER_HALF_OPENED);
            case CLOSED, DISABLED, METRICS_ONLY -> listener.on(RedisListener.Event.BREAKER_CLOSED);
        }
    }
}
