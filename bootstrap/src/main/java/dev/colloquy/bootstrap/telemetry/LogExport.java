package dev.colloquy.bootstrap.telemetry;

import ch.qos.logback.classic.Logger;
import ch.qos.logback.classic.LoggerContext;
import ch.qos.logback.classic.spi.ILoggingEvent;
import ch.qos.logback.core.filter.Filter;
import ch.qos.logback.core.spi.FilterReply;
import io.opentelemetry.api.OpenTelemetry;
import io.opentelemetry.instrumentation.logback.appender.v1_0.OpenTelemetryAppender;
import org.slf4j.ILoggerFactory;
import org.slf4j.LoggerFactory;

/** Sends what is logged over OTLP as well, beside the console. */
final class LogExport {

    private LogExport() {}

    /** Only where Logback is used. Gives what ends it. */
    static Runnable attach(OpenTelemetry openTelemetry) {
        ILoggerFactory factory = LoggerFactory.getILoggerFactory();
        if (!(factory instanceof LoggerContext context)) {
            return () -> {};
        }
        OpenTelemetryAppender appender = new OpenTelemetryAppender();
        appender.setContext(context);
        appender.setName("otlp");
        appender.setOpenTelemetry(openTelemetry);
        appender.addFilter(new NotAboutTheExport());
        appender.start();
        Logger root = context.getLogger(Logger.ROOT_LOGGER_NAME);
        root.addAppender(appender);
        return () -> {
            root.detachAppender(appender);
            appender.stop();
        };
    }

    /** A failing export must not give the export more to send. */
    private static final class NotAboutTheExport extends Filter<ILoggingEvent> {
        @Override
        public FilterReply decide(ILoggingEvent event) {
            String logger = event.getLoggerName();
            return logger.startsWith("io.opentelemetry.") || logger.startsWith("io.micrometer.")
                    ? FilterReply.DENY
                    : FilterReply.NEUTRAL;
        }
    }
}
