package dev.colloquy.bootstrap.journal;

import dev.colloquy.domain.error.StoreUnavailable;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.concurrent.LinkedBlockingQueue;
import org.h2.mvstore.MVStore;
import org.jspecify.annotations.Nullable;

/**
 * One thread that makes changes to a store and forces them to the disk, all that came in meanwhile together. Callers
 * wait for it; so many of them share one forced write, and an interrupted caller does not close the file under the
 * others. After the first failure every change is refused: what is on disk is not known then.
 */
final class GroupCommit {

    private record Change(@Nullable Runnable action, CompletableFuture<@Nullable Void> done) {}

    private static final int MOST_AT_ONCE = 1024;

    private final MVStore store;
    private final Runnable afterCommit;
    private final BlockingQueue<Change> queue = new LinkedBlockingQueue<>();
    private final Object entrance = new Object();
    private volatile @Nullable Throwable failure;
    private boolean closed;

    /**
     * @param store where to commit
     * @param afterCommit called by the thread after each commit
     */
    GroupCommit(MVStore store, Runnable afterCommit) {
        this.store = store;
        this.afterCommit = afterCommit;
        Thread.ofPlatform().name("colloquy-outbox-journal").daemon().start(this::run);
    }

    /**
     * Makes a change. Returns when it is on disk.
     *
     * @throws StoreUnavailable if that failed
     */
    void change(Runnable action) {
        await(enter(action, false));
    }

    /** Makes the changes that came in before, and ends the thread. */
    void close() {
        await(enter(null, true));
    }

    private CompletableFuture<@Nullable Void> enter(@Nullable Runnable action, boolean isLast) {
        CompletableFuture<@Nullable Void> done = new CompletableFuture<>();
        synchronized (entrance) {
            if (closed) {
                throw new StoreUnavailable("the outbox journal is closed", null);
            }
            closed = isLast;
            queue.add(new Change(action, done));
        }
        return done;
    }

    private static void await(CompletableFuture<@Nullable Void> done) {
        try {
            done.join();
        } catch (CompletionException e) {
            throw new StoreUnavailable(
                    "the outbox journal cannot be written; look at the disk behind COLLOQUY_OUTBOX_DIR and restart",
                    e.getCause());
        }
    }

    private void run() {
        List<Change> changes = new ArrayList<>();
        boolean goOn = true;
        while (goOn) {
            try {
                changes.add(queue.take());
            } catch (InterruptedException e) {
                // Nobody has this thread; were it interrupted all the same, it must not leave callers waiting.
                continue;
            }
            queue.drainTo(changes, MOST_AT_ONCE);
            goOn = changes.getLast().action() != null;
            commit(changes);
            changes.clear();
        }
    }

    private void commit(List<Change> changes) {
        Throwable failed = failure;
        if (failed == null) {
            try {
                for (Change change : changes) {
                    if (change.action() != null) {
                        change.action().run();
                    }
                }
                store.commit();
                store.sync();
            } catch (RuntimeException | Error e) {
                // Also an error must not end the thread: callers would wait for ever.
                failed = e;
                failure = e;
            }
        }
        for (Change change : changes) {
            if (failed == null || change.action() == null) {
                change.done().complete(null);
            } else {
                change.done().completeExceptionally(failed);
            }
        }
        if (failed == null) {
            try {
                afterCommit.run();
            } catch (RuntimeException | Error e) {
                failure = e;
            }
        }
    }
}
