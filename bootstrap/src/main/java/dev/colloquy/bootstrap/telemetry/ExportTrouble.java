package dev.colloquy.bootstrap.telemetry;

import java.util.function.LongSupplier;
import java.util.logging.Handler;
import java.util.logging.Level;
import java.util.logging.LogRecord;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Says that telemetry cannot be sent, or not as fast as it is made: each once when it begins, and once an hour while it
 * goes on. The libraries complain at
 * each attempt, with stack traces, and OpenTelemetry does so past the service's own log. Safe for any number of threads.
 */
final class ExportTrouble extends Handler {

    private static final Logger LOG = LoggerFactory.getLogger(ExportTrouble.class);

    // Held here, as the JDK's log manager would forget it together with its handler.
    private static final java.util.logging.Logger OPEN_TELEMETRY =
            java.util.logging.Logger.getLogger("io.opentelemetry");

    // What fills up is here; what is said elsewhere is about sending.
    private static final String QUEUES = "io.opentelemetry.sdk.";

    private static final Object LOCK = new Object();
    private static int listeners;
    private static boolean usedParents;

    private boolean isListening;
    private final HourlyLine unsent;
    private final HourlyLine tooMuch;

    ExportTrouble(LongSupplier nanoTime) {
        unsent = new HourlyLine(nanoTime);
        tooMuch = new HourlyLine(nanoTime);
    }

    /** Hears what the OpenTelemetry SDK logs, from now until it is closed, instead of who hears everything. */
    void listen() {
        synchronized (LOCK) {
            if (!isListening) {
                isListening = true;
                if (listeners++ == 0) {
                    usedParents = OPEN_TELEMETRY.getUseParentHandlers();
                }
                OPEN_TELEMETRY.addHandler(this);
                OPEN_TELEMETRY.setUseParentHandlers(false);
            }
        }
    }

    /** Something could not be sent. */
    void report(String why) {
        if (unsent.isDue()) {
            LOG.warn("Telemetry cannot be sent and is dropped ({}); said once an hour while it goes on", why);
        }
    }

    @Override
    public void publish(LogRecord complaint) {
        if (complaint.getLevel().intValue() < Level.WARNING.intValue()) {
            return;
        }
        String why = String.valueOf(complaint.getMessage());
        if (!String.valueOf(complaint.getLoggerName()).startsWith(QUEUES)) {
            report(why);
        } else if (tooMuch.isDue()) {
            // A line of its own: a full queue may pass at once, and must not hide what is wrong with the receiver.
            LOG.warn("Telemetry is dropped ({}); said once an hour while it goes on", why);
        }
    }

    @Override
    public void flush() {
        // Nothing is held back.
    }

    @Override
    public void close() {
        synchronized (LOCK) {
            if (isListening) {
                isListening = false;
                OPEN_TELEMETRY.removeHandler(this);
                if (--listeners == 0) {
                    OPEN_TELEMETRY.setUseParentHandlers(usedParents);
                }
            }
        }
    }
}
