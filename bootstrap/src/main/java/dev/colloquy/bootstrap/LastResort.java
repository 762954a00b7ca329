package dev.colloquy.bootstrap;

import java.util.function.IntConsumer;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * What happens when a thread ends with an error that nobody caught. If it was for lack of memory, the process ends at once:
 * libraries have threads on which all depends, such as the one that takes new connections, and none of them is started
 * again. A process that is there and does nothing is worse than one that is started anew. What happens to a single request
 * is another matter: those have virtual threads.
 *
 * <p>Safe for any number of threads.
 */
final class LastResort implements Thread.UncaughtExceptionHandler {

    /** The same as with {@code -XX:+ExitOnOutOfMemoryError}, which would end the process for a single request, too. */
    static final int OUT_OF_MEMORY = 3;

    private static final Logger LOG = LoggerFactory.getLogger(LastResort.class);

    private final IntConsumer halt;

    /** @param halt ends the process with this status, whether or not there is memory for anything else */
    LastResort(IntConsumer halt) {
        this.halt = halt;
    }

    @Override
    public void uncaughtException(Thread thread, Throwable error) {
        if (error instanceof OutOfMemoryError && !thread.isVirtual()) {
            say(thread);
            halt.accept(OUT_OF_MEMORY);
        } else {
            LOG.error("The thread {} has ended", thread.getName(), withoutText(error));
        }
    }

    private static void say(Thread thread) {
        try {
            LOG.error("There is no memory left to go on: the thread {} has ended", thread.getName());
        } catch (OutOfMemoryError more) {
            // The status says it, too.
        }
    }

    /** What the text of somebody else's error quotes nobody knows. */
    private static Throwable withoutText(Throwable error) {
        Throwable bare = new Throwable(error.getClass().getName());
        bare.setStackTrace(error.getStackTrace());
        return bare;
    }
}
