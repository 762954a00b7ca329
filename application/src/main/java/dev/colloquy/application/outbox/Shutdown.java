package dev.colloquy.application.outbox;

import java.time.Duration;
import java.util.concurrent.atomic.AtomicBoolean;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** The orderly end of the outbox. */
final class Shutdown {

    private static final Logger LOG = LoggerFactory.getLogger(OutboxConversationStore.class);

    /** For the call that is under way when the grace is over. */
    private static final Duration LAST_CALL = Duration.ofSeconds(1);

    private final Outbox outbox;
    private final OutboxJournal journal;
    private final Probe probe;
    private final AtomicBoolean done = new AtomicBoolean();

    Shutdown(Outbox outbox, OutboxJournal journal, Probe probe) {
        this.outbox = outbox;
        this.journal = journal;
        this.probe = probe;
    }

    void run(Duration grace) {
        if (!done.compareAndSet(false, true)) {
            return;
        }
        // Whoever was told to end before closes because of that: not waiting would lose what was accepted.
        boolean interrupted = Thread.interrupted();
        try {
            outbox.gate().close();
            interrupted |= drain(grace);
            interrupted |= probe.stop(LAST_CALL);
            report();
            journal.close();
        } finally {
            if (interrupted) {
                Thread.currentThread().interrupt();
            }
        }
    }

    /** Gives the outbox time to drain. Whether an interrupt cut it short, which the last call is spared. */
    private boolean drain(Duration grace) {
        try {
            if (probe.hasThread()) {
                outbox.gate().await(outbox::isDone, grace);
            } else {
                probe.tick();
            }
            return false;
        } catch (InterruptedException e) {
            return true;
        }
    }

    private void report() {
        if (outbox.isEmpty()) {
            return;
        }
        if (journal.isDurable()) {
            LOG.warn(
                    "stopped with {} in the outbox; all of it is in its journal and will be replayed at the next start",
                    outbox.contents());
        } else {
            LOG.warn(
                    "stopped with {} in the outbox; all of it is lost, because the outbox has no journal"
                            + " (COLLOQUY_OUTBOX_DIR)",
                    outbox.contents());
        }
    }
}
