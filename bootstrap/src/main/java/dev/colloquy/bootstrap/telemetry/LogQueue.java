package dev.colloquy.bootstrap.telemetry;

import ch.qos.logback.classic.AsyncAppender;
import ch.qos.logback.classic.Level;
import ch.qos.logback.classic.Logger;
import ch.qos.logback.classic.LoggerContext;
import ch.qos.logback.classic.spi.ILoggingEvent;
import ch.qos.logback.classic.spi.LoggingEvent;
import ch.qos.logback.core.Appender;
import ch.qos.logback.core.UnsynchronizedAppenderBase;
import java.util.concurrent.atomic.AtomicInteger;

/**
 * Lines on their way to an appender, which writes them on a thread of its own: a standard output that nobody reads, such
 * as that of a terminal in which somebody pressed Ctrl-S, blocks whoever writes to it, and nobody shall wait for that. What
 * finds no room is dropped and counted, as is what there is no memory to write, and the log says how many lines it lacks as
 * soon as there is room again.
 *
 * <p>Safe for any number of threads. Under concurrency the count is about right.
 */
final class LogQueue extends AsyncAppender {

    /** Some MB of heap if full. At the level debug enough for the requests of a moment in which nobody reads. */
    private static final int MOST_LINES = 8192;

    private final AtomicInteger dropped = new AtomicInteger();

    LogQueue() {
        this(MOST_LINES);
    }

    /**
     * @param mostLines how many may be on their way
     */
    LogQueue(int mostLines) {
        setQueueSize(mostLines);
        // All levels until it is full; and then nobody waits.
        setDiscardingThreshold(0);
        setNeverBlock(true);
    }

    /** Passes lines on. An error would end the thread that writes them, and with it the log. */
    private final class Enduring extends UnsynchronizedAppenderBase<ILoggingEvent> {

        private final Appender<ILoggingEvent> output;

        private Enduring(Appender<ILoggingEvent> output) {
            this.output = output;
        }

        @Override
        protected void append(ILoggingEvent line) {
            try {
                output.doAppend(line);
            } catch (OutOfMemoryError noMemory) {
                dropped.incrementAndGet();
            }
        }

        @Override
        public void stop() {
            super.stop();
            output.stop();
        }
    }

    @Override
    public void addAppender(Appender<ILoggingEvent> output) {
        Enduring enduring = new Enduring(output);
        enduring.start();
        super.addAppender(enduring);
    }

    @Override
    protected void append(ILoggingEvent line) {
        // The second place is for the line about those that are lacking.
        if (getRemainingCapacity() < 2) {
            dropped.incrementAndGet();
            return;
        }
        int lacking = dropped.getAndSet(0);
        if (lacking > 0) {
            super.append(gap(lacking));
        }
        super.append(line);
    }

    private LoggingEvent gap(int lines) {
        Logger logger = ((LoggerContext) getContext()).getLogger(LogQueue.class);
        return new LoggingEvent(
                LogQueue.class.getName(),
                logger,
                Level.WARN,
                "{} lines of the log are lacking here: nobody read the standard output in time, or memory was short",
                null,
                new Object[] {lines});
    }
}
