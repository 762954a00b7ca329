package dev.colloquy.adapter.http;

import dev.colloquy.adapter.http.problem.Problem;
import dev.colloquy.adapter.http.problem.ProblemType;
import java.util.Objects;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicLong;
import java.util.function.LongSupplier;

/**
 * Gives each caller a bucket of tokens, one for each request, which refills evenly and holds what a second brings.
 * Whoever is not recognised shares one bucket with all others who are not: an address says little behind a proxy.
 */
final class RateLimitFilter implements Filter {

    private static final long SECOND = TimeUnit.SECONDS.toNanos(1);
    private static final int MANY_CALLERS = 10_000;
    private static final String NOBODY = "";

    private final long interval;
    private final long room;
    private final LongSupplier nanoTime;
    private final long origin;
    // For each caller the time at which its bucket is full again. One that is full need not be remembered.
    private final ConcurrentHashMap<String, Long> fullAt = new ConcurrentHashMap<>();
    private final AtomicLong lastForgetting = new AtomicLong();

    /**
     * @param perSecond the most requests of a caller in a second, 1 and above
     * @param nanoTime a clock as {@link System#nanoTime()} is one
     */
    RateLimitFilter(int perSecond, LongSupplier nanoTime) {
        this.interval = SECOND / perSecond;
        this.room = interval * (perSecond - 1);
        this.nanoTime = nanoTime;
        this.origin = nanoTime.getAsLong();
    }

    @Override
    public Response filter(Request request, Handler next) {
        if (request.isFromOperator()) {
            return next.handle(request);
        }
        long wait = take(Objects.requireNonNullElse(request.caller(), NOBODY));
        if (wait > 0) {
            long seconds = (wait + SECOND - 1) / SECOND;
            throw Problem.of(ProblemType.RATE_LIMITED, "this caller sends more requests than it may")
                    .withHeader("Retry-After", Long.toString(seconds))
                    .asException();
        }
        return next.handle(request);
    }

    /** Takes a token; gives 0, or if there was none the nanoseconds until there is one. */
    private long take(String caller) {
        long now = nanoTime.getAsLong() - origin;
        forgetSome(now);
        long[] wait = new long[1];
        fullAt.compute(caller, (name, before) -> {
            long full = before == null ? now : Math.max(before, now);
            wait[0] = full - now - room;
            return wait[0] > 0 ? full : full + interval;
        });
        return Math.max(0, wait[0]);
    }

    private void forgetSome(long now) {
        long last = lastForgetting.get();
        if (fullAt.size() > MANY_CALLERS && now - last > SECOND && lastForgetting.compareAndSet(last, now)) {
            fullAt.values().removeIf(full -> full <= now);
        }
    }

    /** How many callers it remembers. */
    int remembered() {
        return fullAt.size();
    }
}
