package dev.colloquy.application.outbox;

import java.util.Collection;
import java.util.List;

/** The outbox's journal, of which the hold-ups hear whether it can be written. Safe for any thread. */
final class WatchedJournal implements OutboxJournal {

    private final OutboxJournal journal;
    private final HoldUps holdUps;
    private volatile boolean closed;

    WatchedJournal(OutboxJournal journal, HoldUps holdUps) {
        this.journal = journal;
        this.holdUps = holdUps;
    }

    @Override
    public void append(OutboxEntry entry) {
        write(() -> journal.append(entry));
    }

    @Override
    public void rewrite(OutboxEntry entry) {
        write(() -> journal.rewrite(entry));
    }

    @Override
    public void remove(Collection<Long> numbers) {
        write(() -> journal.remove(numbers));
    }

    @Override
    public void setAside(KeptAside kept) {
        write(() -> journal.setAside(kept));
    }

    private void write(Runnable change) {
        try {
            change.run();
        } catch (RuntimeException e) {
            // A call that outlasts the close finds it closed, and nothing is wrong with the disk.
            if (!closed) {
                holdUps.addJournal(e);
            }
            throw e;
        }
        holdUps.journalWritten();
    }

    @Override
    public List<OutboxEntry> entries() {
        return journal.entries();
    }

    @Override
    public List<KeptAside> keptAside() {
        return journal.keptAside();
    }

    @Override
    public boolean isDurable() {
        return journal.isDurable();
    }

    @Override
    public void close() {
        closed = true;
        journal.close();
    }
}
