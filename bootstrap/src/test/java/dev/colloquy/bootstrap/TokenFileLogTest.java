package dev.colloquy.bootstrap;

import static org.assertj.core.api.Assertions.assertThat;

import ch.qos.logback.classic.Level;
import ch.qos.logback.classic.Logger;
import ch.qos.logback.classic.spi.ILoggingEvent;
import ch.qos.logback.core.read.ListAppender;
import dev.colloquy.adapter.http.access.NewToken;
import dev.colloquy.adapter.http.access.TokenFile;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.SecureRandom;
import java.time.Duration;
import java.util.concurrent.atomic.AtomicLong;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.slf4j.LoggerFactory;

@DisplayName("The token file logs")
class TokenFileLogTest {

    private final AtomicLong nanos = new AtomicLong();

    private final ListAppender<ILoggingEvent> lines = new ListAppender<>();

    @TempDir
    private Path folder;

    @BeforeEach
    void listen() {
        lines.start();
        logger().setLevel(Level.INFO);
        logger().addAppender(lines);
    }

    @AfterEach
    void stopListening() {
        logger().detachAppender(lines);
        logger().setLevel(null);
    }

    @Test
    @DisplayName("once that it cannot be read, however often that is tried")
    void unreadable() throws IOException {
        TokenFile tokens = openWithOne();
        Files.delete(file());
        Files.createDirectory(file());

        look(tokens);
        look(tokens);
        look(tokens);

        assertThat(onlyLine(Level.ERROR)).contains("the tokens stay as they were");
    }

    @Test
    @DisplayName("in plain words why it cannot be read")
    void why() throws IOException {
        TokenFile tokens = openWithOne();
        Files.delete(file());
        look(tokens);
        assertThat(onlyLine(Level.ERROR)).endsWith("the tokens stay as they were: no such file");

        lines.list.clear();
        Files.write(file(), new byte[] {(byte) 0xFF});
        look(tokens);
        assertThat(onlyLine(Level.ERROR)).endsWith("the tokens stay as they were: not text in UTF-8");
    }

    @Test
    @DisplayName("that nobody is let in when it is emptied, as it does when it begins so")
    void emptied() throws IOException {
        Files.createFile(file());
        TokenFile tokens = TokenFile.open(file(), nanos::get);
        String atStart = onlyLine(Level.WARN);

        lines.list.clear();
        Files.writeString(file(), line());
        look(tokens);
        assertThat(onlyLine(Level.INFO)).contains("Read 1 tokens");

        lines.list.clear();
        Files.writeString(file(), "# nobody");
        look(tokens);
        assertThat(onlyLine(Level.WARN)).isEqualTo(atStart);
    }

    private TokenFile openWithOne() throws IOException {
        Files.writeString(file(), line());
        return TokenFile.open(file(), nanos::get);
    }

    private Path file() {
        return folder.resolve("tokens");
    }

    private static String line() {
        return NewToken.make("ci", "*", "read", new SecureRandom()).line();
    }

    private void look(TokenFile tokens) {
        nanos.addAndGet(Duration.ofSeconds(1).toNanos());
        tokens.recognise("any");
    }

    private String onlyLine(Level level) {
        assertThat(lines.list)
                .singleElement()
                .satisfies(line -> assertThat(line.getLevel()).isEqualTo(level));
        return lines.list.getFirst().getFormattedMessage();
    }

    private static Logger logger() {
        return (Logger) LoggerFactory.getLogger(TokenFile.class);
    }
}
