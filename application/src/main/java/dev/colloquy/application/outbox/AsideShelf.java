package dev.colloquy.application.outbox;

import dev.colloquy.domain.error.ColloquyException;
import java.time.Instant;
import java.util.ArrayDeque;
import java.util.Collection;
import java.util.Deque;
import java.util.List;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** The entries kept aside: all of them in the journal if there is one, the latest in memory. Safe for any thread. */
final class AsideShelf {

    /** How many are kept in memory, if they are not too large. */
    static final int MOST = 1000;

    private static final long MOST_BYTES = 8L << 20;

    private static final Logger LOG = LoggerFactory.getLogger(OutboxConversationStore.class);

    private final OutboxJournal journal;
    private final Episodes episodes;
    private final Deque<KeptAside> latest = new ArrayDeque<>();
    private long bytes;

    AsideShelf(OutboxJournal journal, Episodes episodes, Collection<KeptAside> recovered) {
        this.journal = journal;
        this.episodes = episodes;
        recovered.forEach(this::remember);
        if (!recovered.isEmpty()) {
            LOG.warn("{} entries of earlier runs are kept aside in the outbox journal", recovered.size());
        }
    }

    /**
     * Keeps an entry.
     *
     * @throws dev.colloquy.domain.error.StoreUnavailable if the journal cannot be written; the entry is not kept aside
     */
    void keep(OutboxEntry entry, RuntimeException cause, Instant now) {
        String reason = Unquoted.reason(cause);
        KeptAside kept = new KeptAside(entry, reason, now);
        journal.setAside(kept);
        remember(kept);
        episodes.countKeptAside(entry);
        LOG.atError()
                .setCause(cause instanceof ColloquyException ? null : Unquoted.of(cause))
                .log(
                        "kept aside: entry {} of agent {} with {} cannot be replayed ({})",
                        entry.number(),
                        entry.conversation().agent(),
                        Counted.of(entry.messageCount(), "message"),
                        reason);
    }

    synchronized List<KeptAside> latest() {
        return List.copyOf(latest);
    }

    private synchronized void remember(KeptAside kept) {
        latest.addLast(kept);
        bytes += kept.entry().sizeInBytes();
        while (latest.size() > MOST || bytes > MOST_BYTES) {
            bytes -= latest.removeFirst().entry().sizeInBytes();
        }
    }
}
