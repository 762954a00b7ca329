package dev.colloquy.bootstrap.telemetry;

import ch.qos.logback.classic.Level;
import ch.qos.logback.classic.Logger;
import ch.qos.logback.classic.LoggerContext;
import ch.qos.logback.classic.encoder.JsonEncoder;
import ch.qos.logback.classic.encoder.PatternLayoutEncoder;
import ch.qos.logback.classic.spi.ILoggingEvent;
import ch.qos.logback.classic.turbo.TurboFilter;
import ch.qos.logback.core.Appender;
import ch.qos.logback.core.ConsoleAppender;
import ch.qos.logback.core.encoder.Encoder;
import ch.qos.logback.core.spi.FilterReply;
import java.nio.channels.ClosedChannelException;
import java.util.List;
import java.util.Set;
import java.util.concurrent.RejectedExecutionException;
import org.jspecify.annotations.Nullable;
import org.slf4j.LoggerFactory;
import org.slf4j.Marker;

/**
 * The log of a process of our own, on its standard output; programs that embed Colloquy keep theirs. It is set up here and
 * not in a file, as reading Logback's XML takes a tenth of the start.
 */
public final class ConsoleLog {

    private static final String PATTERN = "%d{yyyy-MM-dd'T'HH:mm:ss.SSSXXX} %-5level %msg  [%logger{0}]%n";

    // An error with a stack trace for each connection of a Redis that hangs, which the outbox says once.
    private static final String PINGS_OF_REDIS = "org.redisson.client.handler.PingConnectionHandler";

    private static final String REDISSON = "org.redisson.";
    private static final String UNRESOLVED = "Unable to resolve {}";
    private static final List<String> QUOTING = List.of("Unable to decode data.", "No decoder found for decoding:");

    // A line for each connection of a server that speaks otherwise than Redis, two a second, and an error with a stack
    // trace for each one whose TLS handshake fails, one or more for each save.
    private static final Set<String> TROUBLE_OF_CONNECTIONS =
            Set.of("dev.colloquy.adapter.redis.AnswerGuard", "org.redisson.client.handler.ErrorsLoggingHandler");

    // Each second that a cluster or sentinels cannot be asked how they are: an error with a stack trace.
    private static final Set<String> ROLES_OF_REDIS = Set.of(
            "org.redisson.connection.ClusterConnectionManager", "org.redisson.connection.SentinelConnectionManager");

    private static final String CONNECTIONS = "io.helidon.webserver.ServerListener";

    private static final String QUEUE = "console";

    private ConsoleLog() {}

    /** Denies errors with a stack trace in which libraries say what is no news, or quote messages. */
    private static final class Unwanted extends TurboFilter {

        private final HourlyLines lines = new HourlyLines(System::nanoTime);

        @Override
        public FilterReply decide(
                @Nullable Marker marker,
                Logger logger,
                Level level,
                @Nullable String format,
                Object @Nullable [] arguments,
                @Nullable Throwable cause) {
            boolean isUnwanted = isLateConnection(logger, cause)
                    || quotesMessages(logger, format)
                    || isStillUnresolved(logger, format)
                    || isStillBroken(logger, format)
                    || isStillUnknown(logger, level, format, cause);
            return isUnwanted ? FilterReply.DENY : FilterReply.NEUTRAL;
        }

        /** Helidon's, for a connection that came just when the service stops, or would have been let in then. */
        private static boolean isLateConnection(Logger logger, @Nullable Throwable cause) {
            return (cause instanceof RejectedExecutionException || cause instanceof ClosedChannelException)
                    && logger.getName().equals(CONNECTIONS);
        }

        /** Redisson's, for an answer that it cannot read, or that nobody waits for. */
        private static boolean quotesMessages(Logger logger, @Nullable String format) {
            return format != null
                    && logger.getName().startsWith(REDISSON)
                    && QUOTING.stream().anyMatch(format::startsWith);
        }

        /**
         * Redisson's, but for one in an hour: every 5 s it looks whether the name of Redis means another address by now,
         * and has two of them if it cannot find out.
         */
        private boolean isStillUnresolved(Logger logger, @Nullable String format) {
            return UNRESOLVED.equals(format) && logger.getName().startsWith(REDISSON) && !lines.isDue(UNRESOLVED);
        }

        /**
         * Redisson's and ours, but for one of each in an hour: that Redis is away, or refuses, is said elsewhere. The format
         * is null where somebody only asks whether the level is on.
         */
        private boolean isStillBroken(Logger logger, @Nullable String format) {
            String name = logger.getName();
            return format != null && TROUBLE_OF_CONNECTIONS.contains(name) && !lines.isDue(name);
        }

        /** Redisson's, but for one warning and one error in an hour: that Redis is away the outbox says. */
        private boolean isStillUnknown(Logger logger, Level level, @Nullable String format, @Nullable Throwable cause) {
            boolean isLine = format != null || cause != null;
            if (!isLine || !level.isGreaterOrEqual(Level.WARN) || !ROLES_OF_REDIS.contains(logger.getName())) {
                return false;
            }
            return !lines.isDue("roles, " + level);
        }
    }

    /**
     * Lines for people.
     *
     * @param level error, warn, info or debug: what Colloquy logs from; anything else means info. Of libraries it is warn.
     */
    public static void useText(String level) {
        use(context(), text(), level);
    }

    /**
     * One JSON object a line, for whatever gathers logs.
     *
     * @param level as for text
     */
    public static void useJson(String level) {
        use(context(), json(), level);
    }

    /**
     * Waits until what was logged is written, for a second at most; what is logged later is not written. To be called
     * before the process ends. Does nothing if the log was set up otherwise.
     */
    public static void finish() {
        Appender<ILoggingEvent> queue =
                context().getLogger(Logger.ROOT_LOGGER_NAME).getAppender(QUEUE);
        if (queue instanceof LogQueue) {
            queue.stop();
        }
    }

    private static LoggerContext context() {
        return (LoggerContext) LoggerFactory.getILoggerFactory();
    }

    static void use(LoggerContext context, Encoder<ILoggingEvent> encoder, String level) {
        context.reset();
        encoder.setContext(context);
        encoder.start();
        ConsoleAppender<ILoggingEvent> console = new ConsoleAppender<>();
        console.setContext(context);
        console.setEncoder(encoder);
        console.start();
        LogQueue queue = new LogQueue();
        queue.setContext(context);
        queue.setName(QUEUE);
        queue.addAppender(console);
        queue.start();
        Logger root = context.getLogger(Logger.ROOT_LOGGER_NAME);
        root.setLevel(Level.WARN);
        root.addAppender(queue);
        context.getLogger("dev.colloquy").setLevel(Level.toLevel(level, Level.INFO));
        context.getLogger(PINGS_OF_REDIS).setLevel(Level.OFF);
        context.addTurboFilter(new Unwanted());
    }

    static Encoder<ILoggingEvent> text() {
        PatternLayoutEncoder encoder = new PatternLayoutEncoder();
        encoder.setPattern(PATTERN);
        return encoder;
    }

    static Encoder<ILoggingEvent> json() {
        JsonEncoder encoder = new JsonEncoder();
        encoder.setWithSequenceNumber(false);
        encoder.setWithContext(false);
        encoder.setWithNanoseconds(false);
        encoder.setWithArguments(false);
        encoder.setWithMessage(false);
        encoder.setWithFormattedMessage(true);
        return encoder;
    }
}
