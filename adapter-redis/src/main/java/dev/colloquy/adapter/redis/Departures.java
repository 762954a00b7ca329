package dev.colloquy.adapter.redis;

import java.time.Duration;

/**
 * When the next batch departs, and with how many calls.
 *
 * <p>At best a third of the calls is with the server, a third on its way there, and a third with the callers: then the
 * server and the client both always have work. So a second batch departs only when half as many calls wait as are on
 * their way, and none takes much more than a third of all. Without such a rule nearly all calls end up in one batch, and
 * the server and the client take turns. Where the way is long it is the way that has to be filled, with more and smaller
 * batches.
 *
 * <p>Whoever tells it something holds the lane's lock; any thread may ask.
 */
final class Departures {

    private static final int MOST_CALLS = 256;
    /** So many calls cost hardly more together than half of them. */
    private static final int FEW_CALLS = 16;

    private static final int MOST_BATCHES = 2;
    private static final int MOST_BATCHES_ON_LONG_WAY = 8;
    /** More than a server nearby takes for a batch that had to wait for another one. */
    private static final long LONG_WAY_NANOS = Duration.ofMillis(4).toNanos();
    /** How many batches it takes until a longer way is believed; a shorter one is at once. */
    private static final int DOUBT = 64;

    private volatile int batches;
    private volatile int calls;
    /** About how long batches take there and back, at least; 0 before the first. */
    private volatile long wayNanos;

    /** So much is on its way now. */
    void underWay(int batchesNow, int callsNow) {
        calls = callsNow;
        batches = batchesNow;
    }

    /** A batch has come back, with its answer. */
    void cameBackAfter(long nanos) {
        long before = wayNanos;
        wayNanos = before == 0 || nanos < before ? nanos : before + (nanos - before) / DOUBT;
    }

    /** Whether anything is on its way. */
    boolean isAnyUnderWay() {
        return batches > 0;
    }

    /** Whether many calls are on a short way. */
    boolean isCrowded() {
        return calls >= FEW_CALLS && !isLongWay();
    }

    /** Whether a batch may depart when so many calls wait. */
    boolean allow(int waits) {
        int most = mostBatches();
        return waits > 0 && batches < most && most * waits >= calls;
    }

    /** How many calls the next batch takes at most when so many wait: a share for each batch, and one for the callers. */
    int share(int waits) {
        return Math.clamp(Math.ceilDiv(waits + calls, mostBatches() + 1), FEW_CALLS, MOST_CALLS);
    }

    private int mostBatches() {
        return isLongWay() ? MOST_BATCHES_ON_LONG_WAY : MOST_BATCHES;
    }

    private boolean isLongWay() {
        return wayNanos > LONG_WAY_NANOS;
    }
}
