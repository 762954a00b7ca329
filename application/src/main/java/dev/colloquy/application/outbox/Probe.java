package dev.colloquy.application.outbox;

import dev.colloquy.application.outbox.Episodes.Phase;
import dev.colloquy.domain.port.out.ConversationStore;
import dev.colloquy.domain.port.out.StoreHealth;
import java.time.Duration;
import org.jspecify.annotations.Nullable;
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
    private volatile @Nullable Thread thread;
    private volatile boolean stopped;

    Probe(ConversationStore delegate, Outbox outbox, Drainer drainer, Duration interval) {
        this.delegate = delegate;
        this.outbox = outbox;
        this.drainer = drainer;
        this.interval = interval;
    }

    void start() {
        thread = Thread.ofPlatform().name("colloquy-outbox").daemon().start(this);
    }

    /** Whether it was started. */
    boolean hasThread() {
        return thread != null;
    }

    /**
     * Asks for the end and waits for it, so that what was replayed is struck off the journal before that is closed.
     *
     * @param atMost how long; a call to the store that takes longer ends later
     * @return whether an interrupt cut the wait short
     */
    boolean stop(Duration atMost) {
        drainer.stop();
        outbox.gate().locked(() -> {
            stopped = true;
            outbox.gate().changed();
        });
        Thread running = thread;
        try {
            if (running != null && !running.join(atMost)) {
                LOG.warn(
                        "the store did not answer before the outbox was closed; its last calls are perhaps replayed again");
            }
            return false;
        } catch (InterruptedException e) {
            return true;
        }
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

    /**
     * One look at the store and, if it is back, a pass over what waits; and so once more if a call has found it unavailable
     * meanwhile. A store that refuses is back too: whoever wants something of it shall hear why it refuses.
     */
    void tick() {
        try {
            boolean goesOn = true;
            while (goesOn && isBack()) {
                drainer.drain();
                outbox.settleDown();
                goesOn = outbox.episodes().phase() == Phase.DOWN && !stopped;
            }
        } catch (RuntimeException | Error e) {
            // Also an error must not end the thread: nothing would ever be replayed.
            LOG.error("the outbox could not be drained; it is tried again", Unquoted.of(e));
        }
    }

    private boolean isBack() {
        if (outbox.episodes().phase() == Phase.DOWN
                && delegate.checkHealth().status() != StoreHealth.Status.UNAVAILABLE) {
            outbox.storeAnswers();
        }
        return outbox.episodes().phase() == Phase.DRAINING;
    }
}
