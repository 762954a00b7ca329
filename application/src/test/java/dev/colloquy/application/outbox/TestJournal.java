package dev.colloquy.application.outbox;

import dev.colloquy.domain.error.StoreUnavailable;
import java.util.Collection;
import java.util.List;
import java.util.NavigableMap;
import java.util.concurrent.ConcurrentSkipListMap;
import java.util.function.Consumer;

/** A journal that outlives the decorator, not the test. */
final class TestJournal implements OutboxJournal {

    final NavigableMap<Long, OutboxEntry> entries = new ConcurrentSkipListMap<>();
    final NavigableMap<Long, KeptAside> kept = new ConcurrentSkipListMap<>();
    /** Called first in each append; may throw or wait. */
    volatile Consumer<OutboxEntry> beforeAppend = entry -> {};

    /** Called first in each change of what is there; may throw or wait. */
    volatile Runnable beforeChange = () -> {};

    volatile boolean isClosed;

    /** Makes each further append fail. */
    void fail() {
        beforeAppend = entry -> {
            throw new StoreUnavailable("disk full", null);
        };
    }

    /** Makes each further append and change fail. */
    void failAltogether() {
        fail();
        failChanges();
    }

    /** Makes each further change fail. */
    void failChanges() {
        beforeChange = () -> {
            throw new StoreUnavailable("disk full", null);
        };
    }

    void mend() {
        beforeAppend = entry -> {};
        beforeChange = () -> {};
    }

    @Override
    public void append(OutboxEntry entry) {
        beforeAppend.accept(entry);
        entries.put(entry.number(), entry);
    }

    @Override
    public void rewrite(OutboxEntry entry) {
        beforeChange.run();
        entries.put(entry.number(), entry);
    }

    @Override
    public void remove(Collection<Long> numbers) {
        beforeChange.run();
        if (isClosed) {
            throw new IllegalStateException("closed");
        }
        numbers.forEach(entries::remove);
    }

    @Override
    public void setAside(KeptAside aside) {
        beforeChange.run();
        entries.remove(aside.entry().number());
        kept.put(aside.entry().number(), aside);
    }

    @Override
    public List<OutboxEntry> entries() {
        return List.copyOf(entries.values());
    }

    @Override
    public List<KeptAside> keptAside() {
        return List.copyOf(kept.values());
    }

    @Override
    public boolean isDurable() {
        return true;
    }

    @Override
    public void close() {
        isClosed = true;
    }
}
