package dev.colloquy.bootstrap.telemetry;

import java.io.IOException;
import java.util.List;
import java.util.Objects;
import java.util.function.LongSupplier;
import java.util.logging.Handler;
import java.util.logging.Level;
import java.util.logging.LogRecord;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Says that telemetry cannot be sent, for each status of an answer and each kind of error, or not as fast as it is made:
 * each once when it begins, and once an hour while it goes on. The libraries complain at each attempt, with stack traces
 * and with what the receiver answers, which may quote the token, and OpenTelemetry does so past the service's own log.
 * Safe for any number of threads.
 */
final class ExportTrouble extends Handler {

    private static final Logger LOG = LoggerFactory.getLogger(ExportTrouble.class);

    // Held here, as the JDK's log manager would forget it together with its handler.
    private static final java.util.logging.Logger OPEN_TELEMETRY =
            java.util.logging.Logger.getLogger("io.opentelemetry");

    // What fills up is here; what is said elsewhere is about sending.
    private static final String QUEUES = "io.opentelemetry.sdk.";

    // An answer is the receiver's own text, which may have several lines.
    private static final Pattern NOT_OURS = Pattern.compile("\\.?(\\s+Error message:|\\R|$).*", Pattern.DOTALL);
    private static final Pattern KIND = Pattern.compile("(status code \\d{3}|: [A-Z]\\w*(?=$|, ))");
    private static final int LONGEST_CHAIN = 8;

    private static final Object LOCK = new Object();
    private static int listeners;
    private static boolean usedParents;

    private boolean isListening;
    private final HourlyLines unsent;
    private final HourlyLine tooMuch;

    ExportTrouble(LongSupplier nanoTime) {
        unsent = new HourlyLines(nanoTime);
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

    /**
     * Something could not be sent.
     *
     * @param why in one line; what ends with a status or the name of an error is of that kind, whatever was to be sent
     */
    void report(String why) {
        Matcher found = KIND.matcher(why);
        String kind = found.find() ? found.group() : "";
        if (unsent.isDue(kind)) {
            LOG.warn("Telemetry cannot be sent and is dropped ({}); said once an hour while it goes on", why);
        }
    }

    @Override
    public void publish(LogRecord complaint) {
        if (complaint.getLevel().intValue() < Level.WARNING.intValue()) {
            return;
        }
        String why = reason(complaint);
        if (!String.valueOf(complaint.getLoggerName()).startsWith(QUEUES)) {
            report(why);
        } else if (tooMuch.isDue()) {
            // A line of its own: a full queue may pass at once, and must not hide what is wrong with the receiver.
            LOG.warn("Telemetry is dropped ({}); said once an hour while it goes on", why);
        }
    }

    private static String reason(LogRecord complaint) {
        String text = NOT_OURS.matcher(String.valueOf(complaint.getMessage())).replaceFirst("");
        return complaint.getThrown() == null ? text : text + ": " + names(complaint.getThrown());
    }

    /** Of what went wrong with the connection, and of its causes: names alone, as the texts quote addresses. */
    private static String names(Throwable thrown) {
        List<Throwable> chain = Stream.iterate(thrown, Objects::nonNull, Throwable::getCause)
                .limit(LONGEST_CHAIN)
                .toList();
        List<Throwable> ofConnection =
                chain.stream().dropWhile(each -> !(each instanceof IOException)).toList();
        return (ofConnection.isEmpty() ? chain : ofConnection)
                .stream()
                        .map(each -> each.getClass().getSimpleName())
                        .distinct()
                        .collect(Collectors.joining(", "));
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
