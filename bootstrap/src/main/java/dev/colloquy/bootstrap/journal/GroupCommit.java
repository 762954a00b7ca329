package dev.colloquy.bootstrap.journal;

import dev.colloquy.domain.error.StoreUnavailable;
import java.io.IOException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * One thread that makes changes to the journal's tables and forces them to the disk, all that came in meanwhile together.
 * Callers wait for it; so many of them share one forced write, and an interrupted caller does not close the file under
 * the others.
 *
 * <p>After a failure nobody knows what of the changes is on the disk. So the file is opened anew, what the failed ones
 * may have left there is put right, and only then others are made; until that succeeds all are refused. It is tried with
 * the next change and without one, but not more often than the pause allows.
 *
 * <p>A disk may also hang. So nobody waits longer than a limit: what is not done then is undone behind it, and until the disk
 * has answered others are refused at once.
 */
final class GroupCommit {

    /** Where the tables are on disk. */
    interface Place {

        /** Opens the file again. */
        JournalTables open() throws IOException;

        /** Whether somebody has removed the file, which can be written all the same while it is open. */
        boolean isRemoved();

        /** Puts a new file with what these tables hold in the place of the old one; if that fails, that is as before. */
        JournalTables makeAnew(JournalTables tables) throws IOException;

        /** Returns when the file would be found after a loss of power. */
        void makeCertain() throws IOException;

        /** Nobody uses the place any more. */
        void leave();
    }

    private record Change(
            @Nullable Consumer<JournalTables> action,
            Consumer<JournalTables> amends,
            CompletableFuture<@Nullable Void> done) {}

    private static final int MOST_AT_ONCE = 1024;
    private static final long SHORTEST_WAIT = TimeUnit.MILLISECONDS.toNanos(1);

    private static final Logger LOG = LoggerFactory.getLogger(MvStoreOutboxJournal.class);

    private final Place place;
    private final long pauseNanos;
    private final long longestNanos;
    private volatile boolean hangs;
    private final BlockingQueue<Change> queue = new LinkedBlockingQueue<>();
    private final Object entrance = new Object();
    private boolean closed;

    // Used by the one thread.
    private @Nullable JournalTables tables;
    private final List<Consumer<JournalTables>> owed = new ArrayList<>();
    private @Nullable Throwable failure;
    private long failedAt;

    /**
     * @param tables as they were opened
     * @param place where they are
     * @param pause how long to wait after a failure at least before the file is opened again
     * @param longest how long anybody waits for the disk
     */
    GroupCommit(JournalTables tables, Place place, Duration pause, Duration longest) {
        this.tables = tables;
        this.place = place;
        this.pauseNanos = pause.toNanos();
        this.longestNanos = longest.toNanos();
        Thread.ofPlatform().name("colloquy-outbox-journal").daemon().start(this::run);
    }

    /**
     * Makes a change that may be half done if it fails, because the caller repeats it. Returns when it is on disk.
     *
     * @throws StoreUnavailable if that failed, or takes too long
     */
    void change(Consumer<JournalTables> action) {
        change(action, tables -> {});
    }

    /**
     * Makes a change. Returns when it is on disk.
     *
     * @param amends what is owed if it fails: makes as if it had never been tried
     * @throws StoreUnavailable if that failed, or takes too long
     */
    void change(Consumer<JournalTables> action, Consumer<JournalTables> amends) {
        if (hangs) {
            throw unavailable(null);
        }
        Change change = new Change(action, amends, new CompletableFuture<>());
        enter(change);
        try {
            await(change);
        } catch (TimeoutException e) {
            hangs = true;
            enter(new Change(amends, amends, new CompletableFuture<>()));
            throw unavailable(e);
        }
    }

    /** Makes the changes that came in before, closes the file and ends the thread; if the disk hangs, later. */
    void close() {
        Change last = new Change(null, tables -> {}, new CompletableFuture<>());
        enter(last);
        try {
            await(last);
        } catch (TimeoutException e) {
            LOG.warn(
                    "the outbox journal could not be closed, as its disk does not answer; what it holds is replayed again");
        }
    }

    private void enter(Change change) {
        synchronized (entrance) {
            if (closed) {
                throw new StoreUnavailable("the outbox journal is closed", null);
            }
            closed = change.action() == null;
            queue.add(change);
        }
    }

    private void await(Change change) throws TimeoutException {
        long deadline = System.nanoTime() + longestNanos;
        boolean interrupted = false;
        try {
            while (true) {
                try {
                    change.done().get(deadline - System.nanoTime(), TimeUnit.NANOSECONDS);
                    return;
                } catch (InterruptedException e) {
                    interrupted = true;
                }
            }
        } catch (ExecutionException e) {
            throw unavailable(e.getCause());
        } finally {
            if (interrupted) {
                Thread.currentThread().interrupt();
            }
        }
    }

    private static StoreUnavailable unavailable(@Nullable Throwable cause) {
        return new StoreUnavailable(
                "the outbox journal cannot be written; look at the disk behind COLLOQUY_OUTBOX_DIR", cause);
    }

    private void run() {
        List<Change> changes = new ArrayList<>();
        boolean goOn = true;
        while (goOn) {
            try {
                Change first = tables == null
                        ? queue.poll(Math.max(pauseNanos, SHORTEST_WAIT), TimeUnit.NANOSECONDS)
                        : queue.take();
                if (first != null) {
                    changes.add(first);
                }
            } catch (InterruptedException e) {
                // Nobody has this thread; were it interrupted all the same, it must not leave callers waiting.
                continue;
            }
            queue.drainTo(changes, MOST_AT_ONCE);
            goOn = changes.isEmpty() || changes.getLast().action() != null;
            make(changes, goOn);
            changes.clear();
            hangs = false;
        }
    }

    private void make(List<Change> changes, boolean goOn) {
        JournalTables open = tables == null ? reopen(goOn) : tables;
        JournalTables written = open == null ? null : commit(open, changes);
        if (written != null) {
            tidyUp(written, goOn);
        }
        if (!goOn) {
            place.leave();
        }
        for (Change change : changes) {
            if (written != null || change.action() == null) {
                change.done().complete(null);
            } else {
                change.done().completeExceptionally(Objects.requireNonNull(failure));
            }
        }
    }

    /** The tables with the changes on disk, or null if that failed. */
    private @Nullable JournalTables commit(JournalTables open, List<Change> changes) {
        try {
            for (Change change : changes) {
                if (change.action() != null) {
                    change.action().accept(open);
                }
            }
            open.commit();
            if (place.isRemoved()) {
                makeAnew(open);
                LOG.warn("somebody has removed the outbox journal; it is written anew, with all that was in it");
            }
            place.makeCertain();
            return tables;
        } catch (IOException | RuntimeException | Error e) {
            // Also an error must not end the thread: callers would wait for ever.
            changes.forEach(change -> owed.add(change.amends()));
            failed(tables, e);
            return null;
        }
    }

    private void makeAnew(JournalTables old) throws IOException {
        tables = place.makeAnew(old);
        old.abandon();
    }

    /** The file, opened anew and put right, or null if that is not possible or not due yet. */
    private @Nullable JournalTables reopen(boolean mayWait) {
        if (mayWait && System.nanoTime() - failedAt < pauseNanos) {
            return null;
        }
        JournalTables open = null;
        try {
            open = place.open();
            for (Consumer<JournalTables> amends : owed) {
                amends.accept(open);
            }
            open.commit();
            owed.clear();
            tables = open;
            return open;
        } catch (IOException | RuntimeException | Error e) {
            failed(open, e);
            return null;
        }
    }

    private void failed(@Nullable JournalTables open, Throwable cause) {
        tables = null;
        failure = cause;
        failedAt = System.nanoTime();
        if (open != null) {
            try {
                open.abandon();
            } catch (RuntimeException | Error e) {
                cause.addSuppressed(e);
            }
        }
    }

    private void tidyUp(JournalTables open, boolean goOn) {
        // What was changed is on disk already.
        if (!goOn) {
            try {
                open.close();
            } catch (RuntimeException | Error e) {
                LOG.warn("the outbox journal could not be closed in order", e);
                open.abandon();
            }
        } else if (open.isTooLarge()) {
            try {
                makeAnew(open);
            } catch (IOException | RuntimeException | Error e) {
                LOG.warn("the outbox journal could not be written anew, to make it smaller; it goes on as it is", e);
                open.putUpWithSize();
            }
        }
    }
}
