package dev.colloquy.application.outbox;

import dev.colloquy.application.outbox.Episodes.Phase;
import dev.colloquy.domain.port.out.ConversationStore;
import dev.colloquy.domain.port.out.StoreHealth;
import java.time.Duration;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Asks an unavailable store whether it is back, and then has the outbox drained. */
final class Probe implements Runnable {

    private static final Logger LOG = LoggerFactory.getLogger(OutboxConversationStore.class);
    private static final Duration LONG = Duration.ofDays(1);

    private final ConversationStore delegate;
    private final Outbox outbox;
    private final Drainer drainer;
    private final Duration interval;
    private volatile boolean hasThread;
    private volatile boolean stopped;

    Probe(ConversationStore delegate, Outbox outbox, Drainer drainer, Duration interval) {
        this.delegate = delegate;
        this.outbox = outbox;
        this.drainer = drainer;
        this.interval = interval;
    }

    void start() {
        hasThread = true;
        Thread.ofPlatform().name("colloquy-outbox").daemon().start(this);
    }

    /** Whether it was started. */
    boolean hasThread() {
        return hasThread;
    }

    /** Asks for the end. The thread may still finish the call it is in. */
    void stop() {
        outbox.gate().locked(() -> {
            stopped = true;
            outbox.gate().changed();
        });
    }

    @Override
    public void run() {
        boolean hurried = false;
        try {
            while (!stopped) {
                if (outbox.episodes().phase() == Phase.DRAINING) {
                    tick();
                }
                boolean mayHurry = !hurried;
                outbox.gate().await(() -> stopped || outbox.episodes().phase() != Phase.LIVE, LONG);
                // A close cuts the pause short, once.
                outbox.gate().await(() -> stopped || (mayHurry && outbox.gate().isClosed()), interval);
                hurried = outbox.gate().isClosed();
                if (outbox.episodes().phase() == Phase.DOWN) {
                    tick();
                }
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    /** One look at the store and, if it is back, one pass over what waits. */
    void tick() {
        try {
            if (outbox.episodes().phase() == Phase.DOWN
                    && delegate.checkHealth().status() == StoreHealth.Status.LIVE) {
                outbox.storeAnswers();
            }
            if (outbox.episodes().phase() == Phase.DRAINING) {
                drainer.drain();
                outbox.settleDown();
            }
        } catch (RuntimeException | Error e) {
            // Also an error must not end the thread: nothing would ever be replayed.
            LOG.error("the outbox could not be drained; it is tried again", e);
        }
    }
}
