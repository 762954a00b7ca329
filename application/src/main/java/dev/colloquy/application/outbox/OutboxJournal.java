package dev.colloquy.application.outbox;

import java.util.Collection;
import java.util.List;

/**
 * Where the outbox writes down what it accepted, so that it outlives the process. Implementations are safe for any
 * number of threads.
 */
public interface OutboxJournal extends AutoCloseable {

    /**
     * Writes an entry down. Returns when it is safe: with a durable journal, when it would survive the loss of power.
     *
     * @throws dev.colloquy.domain.error.StoreUnavailable if that is not possible; the entry is then not accepted
     */
    void append(OutboxEntry entry);

    /**
     * Writes an entry down that is there already: if that is possible, so should be its removal. Returns when it is safe.
     *
     * @throws dev.colloquy.domain.error.StoreUnavailable if that is not possible; the entry is there as before
     */
    void rewrite(OutboxEntry entry);

    /**
     * Forgets entries that were replayed. Returns when that is safe.
     *
     * @param numbers the entries' numbers; unknown ones are ignored
     * @throws dev.colloquy.domain.error.StoreUnavailable if that is not possible now; it may be tried again
     */
    void remove(Collection<Long> numbers);

    /**
     * Moves an entry from those to be replayed to those kept aside, in one step.
     *
     * @throws dev.colloquy.domain.error.StoreUnavailable if that is not possible now; it is then still one to be
     *     replayed, and this may be tried again
     */
    void setAside(KeptAside kept);

    /** The entries to be replayed, in the order of their numbers; asked for once, before anything is written. */
    List<OutboxEntry> entries();

    /** The entries kept aside, in the order of their numbers; asked for once, before anything is written. */
    List<KeptAside> keptAside();

    /** Whether what it holds is still there after the process has ended. */
    boolean isDurable();

    /** Ends the use of the journal and keeps what it holds. May be repeated. */
    @Override
    void close();

    /** No journal: what waits in the outbox is lost when the process ends. */
    static OutboxJournal none() {
        return new NoJournal();
    }
}
