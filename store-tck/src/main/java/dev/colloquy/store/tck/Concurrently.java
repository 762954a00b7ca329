package dev.colloquy.store.tck;

import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.CyclicBarrier;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.concurrent.atomic.AtomicBoolean;

/** Real threads that start at the same time. */
final class Concurrently {

    private static final long LONGEST_MINUTES = 3;
    private static final String THREAD = "tck-thread-";

    private Concurrently() {}

    /** What one thread does. */
    interface Task<T> {
        T run(int thread) throws Exception;
    }

    /** What one thread does again and again. */
    interface Loop {
        void run(int round) throws Exception;
    }

    /** Runs the task in so many threads and gives their results, in the order of the thread numbers. */
    static <T> List<T> run(int threads, Task<T> task) throws Exception {
        CyclicBarrier start = new CyclicBarrier(threads);
        ExecutorService executor = Executors.newFixedThreadPool(
                threads, Thread.ofPlatform().daemon().name(THREAD, 0).factory());
        try {
            List<Future<T>> futures = new ArrayList<>();
            for (int i = 0; i < threads; i++) {
                int thread = i;
                futures.add(executor.submit(() -> {
                    start.await(LONGEST_MINUTES, TimeUnit.MINUTES);
                    return task.run(thread);
                }));
            }
            List<T> results = new ArrayList<>();
            for (Future<T> future : futures) {
                results.add(resultOf(future));
            }
            return results;
        } finally {
            executor.shutdownNow();
        }
    }

    /** Whether the current thread is one of those that were started here. */
    static boolean isInside() {
        return Thread.currentThread().getName().startsWith(THREAD);
    }

    /** Runs the task once while each loop goes round in a thread of its own, at least once before the task begins. */
    static void runDuring(Task<?> task, Loop... loops) throws Exception {
        CountDownLatch wentRound = new CountDownLatch(loops.length);
        AtomicBoolean over = new AtomicBoolean();
        run(loops.length + 1, thread -> {
            if (thread < loops.length) {
                return goRound(loops[thread], wentRound, over);
            }
            try {
                if (!wentRound.await(LONGEST_MINUTES, TimeUnit.MINUTES)) {
                    throw new AssertionError("a loop did not go round once in " + LONGEST_MINUTES + " minutes");
                }
                return String.valueOf(task.run(thread));
            } finally {
                over.set(true);
            }
        });
    }

    private static String goRound(Loop loop, CountDownLatch wentRound, AtomicBoolean over) throws Exception {
        try {
            loop.run(0);
        } finally {
            wentRound.countDown();
        }
        for (int round = 1; !over.get(); round++) {
            loop.run(round);
        }
        return "over";
    }

    private static <T> T resultOf(Future<T> future) throws Exception {
        try {
            return future.get(LONGEST_MINUTES, TimeUnit.MINUTES);
        } catch (ExecutionException e) {
            if (e.getCause() instanceof Error error) {
                throw error;
            }
            throw e.getCause() instanceof Exception exception ? exception : e;
        } catch (TimeoutException e) {
            throw new AssertionError("a thread was not done after " + LONGEST_MINUTES + " minutes", e);
        }
    }
}
