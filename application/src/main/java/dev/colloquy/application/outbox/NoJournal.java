package dev.colloquy.application.outbox;

import java.util.Collection;
import java.util.List;

/** Writes nothing down. */
final class NoJournal implements OutboxJournal {

    @Override
    public void append(OutboxEntry entry) {}

    @Override
    public void rewrite(OutboxEntry entry) {}

    @Override
    public void remove(Collection<Long> numbers) {}

    @Override
    public void setAside(KeptAside kept) {}

    @Override
    public List<OutboxEntry> entries() {
        return List.of();
    }

    @Override
    public List<KeptAside> keptAside() {
        return List.of();
    }

    @Override
    public boolean isDurable() {
        return false;
    }

    @Override
    public void close() {}
}
