package dev.colloquy.application.outbox;

import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicLong;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Whether the state is live or degraded. A degraded episode begins with the first failure and ends when the outbox is
 * empty again; one log line each, one if the store comes back but refuses, and one when it goes away again an hour or more
 * later, while something still waits. Changed under the outbox's lock but for the counters, read without.
 */
final class Episodes {

    /** Where things stand. */
    enum Phase {
        /** The store answers and nothing waits. */
        LIVE,
        /** The store is unavailable. */
        DOWN,
        /** The store answers again; what waits is being replayed. */
        DRAINING
    }

    private static final Logger LOG = LoggerFactory.getLogger(OutboxConversationStore.class);

    private static final Duration QUIET = Duration.ofHours(1);

    private final InstantSource clock;
    private final HoldUps holdUps = new HoldUps();
    private volatile Phase phase = Phase.LIVE;
    private volatile @Nullable Instant since;
    private volatile @Nullable String refusal;
    private volatile boolean isRefusedInPart;
    private final AtomicLong count = new AtomicLong();
    private final AtomicLong replayed = new AtomicLong();
    private final AtomicLong keptAside = new AtomicLong();
    private long replayedBefore;
    private long keptAsideBefore;
    private @Nullable Instant saidDownAt;

    Episodes(InstantSource clock) {
        this.clock = clock;
    }

    Phase phase() {
        return phase;
    }

    Optional<Instant> since() {
        return Optional.ofNullable(since);
    }

    HoldUps holdUps() {
        return holdUps;
    }

    /** Why the store refuses everything that waits, if it does. */
    Optional<String> refusal() {
        return Optional.ofNullable(refusal);
    }

    long count() {
        return count.get();
    }

    long replayed() {
        return replayed.get();
    }

    long keptAside() {
        return keptAside.get();
    }

    /** The store failed. */
    void down(String cause) {
        if (phase == Phase.LIVE) {
            begin();
        }
        if (phase != Phase.DOWN && isToBeSaid()) {
            LOG.warn("degraded: the store is unavailable ({}); messages are accepted and wait until it is back", cause);
        }
        phase = Phase.DOWN;
        refusal = null;
    }

    /** Once when it goes away, although it comes and goes; but an episode may last for weeks, and each hour is news then. */
    private boolean isToBeSaid() {
        Instant now = clock.instant();
        if (saidDownAt != null && Duration.between(saidDownAt, now).compareTo(QUIET) < 0) {
            return false;
        }
        saidDownAt = now;
        return true;
    }

    /** The store answers, but refuses everything that waits. */
    void refused(String cause) {
        if (refusal == null) {
            LOG.warn(
                    "the store answers but refuses what waits in the outbox ({}); it waits until that is mended",
                    cause);
        }
        refusal = cause;
    }

    /** The store lets this process in, so that it does not refuse everything. */
    void letsIn() {
        refusal = null;
    }

    /** The store has stored something while it had no room for something else: it takes a part of what comes. */
    void refusedInPart() {
        isRefusedInPart = true;
        refusal = null;
    }

    /** Whether the store had no room for something in this episode, and stored something else meanwhile. */
    boolean isRefusedInPart() {
        return isRefusedInPart;
    }

    /** Messages of an earlier run were found. */
    void recovered(long messages) {
        begin();
        phase = Phase.DRAINING;
        LOG.info("degraded: an earlier run left {} to be replayed", Counted.of(messages, "message"));
    }

    /** The store answers again. */
    void draining() {
        if (phase == Phase.DOWN) {
            phase = Phase.DRAINING;
        }
    }

    /** The store answers and nothing waits any more. */
    void live() {
        Instant began = since;
        if (phase != Phase.LIVE && began != null) {
            phase = Phase.LIVE;
            since = null;
            refusal = null;
            holdUps.clear();
            LOG.info(
                    "live again after {} ms: {} replayed, {} kept aside",
                    Duration.between(began, clock.instant()).toMillis(),
                    Counted.of(replayed.get() - replayedBefore, "message"),
                    keptAside.get() - keptAsideBefore);
        }
    }

    void countReplayed(OutboxEntry entry) {
        refusal = null;
        holdUps.replayed(entry.conversation());
        replayed.addAndGet(entry.messageCount());
    }

    void countKeptAside(OutboxEntry entry) {
        holdUps.keptAside(entry.conversation());
        keptAside.incrementAndGet();
    }

    private void begin() {
        since = clock.instant();
        saidDownAt = null;
        isRefusedInPart = false;
        count.incrementAndGet();
        replayedBefore = replayed.get();
        keptAsideBefore = keptAside.get();
    }
}
