package dev.colloquy.bootstrap.telemetry;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import ch.qos.logback.classic.Level;
import ch.qos.logback.classic.Logger;
import ch.qos.logback.classic.LoggerContext;
import ch.qos.logback.classic.spi.ILoggingEvent;
import ch.qos.logback.classic.spi.LoggingEvent;
import ch.qos.logback.classic.util.LogbackMDCAdapter;
import ch.qos.logback.core.ConsoleAppender;
import ch.qos.logback.core.encoder.Encoder;
import ch.qos.logback.core.read.ListAppender;
import java.io.IOException;
import java.net.ConnectException;
import java.net.UnknownHostException;
import java.nio.channels.ClosedChannelException;
import java.time.Instant;
import java.util.List;
import java.util.concurrent.RejectedExecutionException;
import javax.net.ssl.SSLHandshakeException;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import org.redisson.client.handler.CommandDecoder;
import org.redisson.client.handler.ErrorsLoggingHandler;
import org.redisson.client.handler.PingConnectionHandler;
import org.redisson.connection.ClusterConnectionManager;
import org.redisson.connection.DNSMonitor;
import org.redisson.connection.SentinelConnectionManager;
import org.redisson.connection.ServiceManager;

@DisplayName("The service's log")
class ConsoleLogTest {

    private final LoggerContext context = new LoggerContext();

    private String line(Encoder<ILoggingEvent> encoder) {
        ConsoleLog.use(context, encoder, "info");
        Logger logger = context.getLogger("dev.colloquy.Service");
        context.setMDCAdapter(new LogbackMDCAdapter());
        LoggingEvent event = new LoggingEvent("caller", logger, Level.INFO, "{} is up", null, new Object[] {"Redis"});
        event.setInstant(Instant.parse("2026-11-23T12:00:00.123Z"));
        return new String(encoder.encode(event), UTF_8);
    }

    @Test
    @DisplayName("as text has the time with its zone, the level, the message and the logger's short name in a line")
    void text() {
        assertThat(line(ConsoleLog.text()))
                .matches("2026-11-2[34]T[0-9]{2}:[0-9]{2}:00\\.123(Z|[+-][0-9]{2}:[0-9]{2}) INFO  Redis is up"
                        + "  \\[Service]\\R");
    }

    @Test
    @DisplayName("as JSON has an object in a line, with the message filled in and without the arguments")
    void json() {
        assertThat(line(ConsoleLog.json()))
                .startsWith("{\"timestamp\":1795435200123,\"level\":\"INFO\",")
                .contains("\"loggerName\":\"dev.colloquy.Service\"", "\"formattedMessage\":\"Redis is up\"")
                .doesNotContain("arguments", "{} is up", "sequenceNumber", "nanoseconds", "birthTime")
                .endsWith("}\n");
    }

    @ParameterizedTest(name = "{0}")
    @CsvSource({"error,ERROR", "warn,WARN", "info,INFO", "debug,DEBUG", "'',INFO", "loud,INFO"})
    @DisplayName("has Colloquy's lines from the level asked for, and those of libraries from warn")
    void level(String asked, String level) {
        ConsoleLog.use(context, ConsoleLog.text(), asked);

        assertThat(context.getLogger("dev.colloquy.access").getEffectiveLevel()).hasToString(level);
        assertThat(context.getLogger("io.helidon").getEffectiveLevel()).isEqualTo(Level.WARN);
    }

    @Test
    @DisplayName("leaves it to the outbox to say that Redis does not answer, and has the client's other lines")
    void pings() {
        ConsoleLog.use(context, ConsoleLog.text(), "debug");

        Class<?> pings = PingConnectionHandler.class;
        assertThat(context.getLogger(pings.getName()).isErrorEnabled()).isFalse();
        assertThat(context.getLogger(pings.getPackageName()).isWarnEnabled()).isTrue();
    }

    @Test
    @DisplayName("has no error for a connection that comes just when the service stops, but for others that fail")
    void lateConnections() {
        List<ILoggingEvent> lines = lines();
        Logger listener = context.getLogger("io.helidon.webserver.ServerListener");

        listener.error("rejected", new RejectedExecutionException());
        listener.error("no longer listening", new ClosedChannelException());
        listener.error("no more files", new IOException());

        assertThat(lines).extracting(ILoggingEvent::getMessage).containsExactly("no more files");
    }

    private List<ILoggingEvent> lines() {
        ConsoleLog.use(context, ConsoleLog.text(), "info");
        ListAppender<ILoggingEvent> lines = new ListAppender<>();
        lines.start();
        context.getLogger(Logger.ROOT_LOGGER_NAME).addAppender(lines);
        return lines.list;
    }

    @Test
    @DisplayName("says once an hour that the name of Redis cannot be resolved, not twice every five seconds")
    void unresolvedNames() {
        List<ILoggingEvent> lines = lines();
        Logger resolver = context.getLogger(ServiceManager.class);
        Logger monitor = context.getLogger(DNSMonitor.class);

        for (int i = 0; i < 2; i++) {
            resolver.error("Unable to resolve {}", "redis://redis.example", new UnknownHostException());
            monitor.error("Unable to resolve {}", "redis.example", new UnknownHostException());
        }
        monitor.error("something else");

        assertThat(lines)
                .extracting(ILoggingEvent::getFormattedMessage)
                .containsExactly("Unable to resolve redis://redis.example", "something else");
    }

    @Test
    @DisplayName("never quotes a command, or an answer that could not be read or that nobody waits for")
    void unreadableAnswers() {
        List<ILoggingEvent> lines = lines();
        Logger decoder = context.getLogger(CommandDecoder.class);
        Exception cause = new IllegalStateException("Can't decode replay: a message");

        decoder.error("Unable to decode data. channel: {}, reply: {}", "id", "a message", cause);
        decoder.error("Unable to decode data. channel: {}, reply: {}, command: {}", "id", "", "a message", cause);
        decoder.error("No decoder found for decoding: {}", List.of("a message"));
        decoder.error("Error message from Redis: {} channel: {}", "max number of clients reached", "id");

        assertThat(lines)
                .extracting(ILoggingEvent::getFormattedMessage)
                .containsExactly("Error message from Redis: max number of clients reached channel: id");
    }

    @Test
    @DisplayName("says once an hour that answers of Redis cannot be read, not for each connection")
    void unreadableAnswersOncePerHour() throws ClassNotFoundException {
        List<ILoggingEvent> lines = lines();
        Logger guard = context.getLogger(Class.forName("dev.colloquy.adapter.redis.AnswerGuard"));

        guard.warn("closed ({})", "first");
        guard.warn("closed ({})", "second");

        assertThat(lines).extracting(ILoggingEvent::getFormattedMessage).containsExactly("closed (first)");
    }

    @Test
    @DisplayName("says once an hour what befalls connections, as when the TLS handshake fails, not for each of them")
    void brokenConnectionsOncePerHour() {
        List<ILoggingEvent> lines = lines();
        Logger errors = context.getLogger(ErrorsLoggingHandler.class);

        assertThat(errors.isErrorEnabled()).isTrue();
        errors.error("Exception occurred. Channel: {}", "first", new SSLHandshakeException("no"));
        errors.error("Exception occurred. Channel: {}", "second", new SSLHandshakeException("no"));

        assertThat(lines)
                .extracting(ILoggingEvent::getFormattedMessage)
                .containsExactly("Exception occurred. Channel: first");
    }

    @ParameterizedTest(name = "{0}")
    @ValueSource(classes = {ClusterConnectionManager.class, SentinelConnectionManager.class})
    @DisplayName(
            "has an error and a warning an hour of a cluster or of sentinels that cannot be asked, not each second")
    void rolesOncePerHour(Class<?> client) {
        List<ILoggingEvent> lines = lines();
        Logger roles = context.getLogger(client);

        assertThat(roles.isErrorEnabled()).isTrue();
        for (int i = 0; i < 2; i++) {
            roles.warn("Can't connect to sentinel server", new ConnectException());
            roles.warn("java.net.ConnectException: Connection refused");
            roles.error("Can't update cluster state. A new attempt will be made.", new ConnectException());
            roles.error(null, new ConnectException());
        }
        context.getLogger(client.getPackageName()).warn("something else");

        assertThat(lines)
                .extracting(ILoggingEvent::getFormattedMessage)
                .containsExactly(
                        "Can't connect to sentinel server",
                        "Can't update cluster state. A new attempt will be made.",
                        "something else");
    }

    @Test
    @DisplayName("takes the place of whatever was set up before")
    void only() {
        Logger root = context.getLogger(Logger.ROOT_LOGGER_NAME);
        root.addAppender(new ConsoleAppender<>());

        ConsoleLog.use(context, ConsoleLog.text(), "info");

        assertThat(root.iteratorForAppenders())
                .toIterable()
                .singleElement()
                .satisfies(console -> assertThat(console.isStarted()).isTrue());
    }
}
