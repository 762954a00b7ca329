package dev.colloquy.bootstrap;

import static org.assertj.core.api.Assertions.assertThat;

import ch.qos.logback.classic.Level;
import ch.qos.logback.classic.Logger;
import ch.qos.logback.classic.spi.ILoggingEvent;
import ch.qos.logback.core.read.ListAppender;
import dev.colloquy.adapter.http.access.TokenFile;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.concurrent.atomic.AtomicLong;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.slf4j.LoggerFactory;

@DisplayName("The token file logs")
class TokenFileLogTest {

    private final AtomicLong nanos = new AtomicLong();

    @Test
    @DisplayName("once that it cannot be read, however often that is tried")
    void unreadable(@TempDir Path folder) throws IOException {
        Path file = Files.createFile(folder.resolve("tokens"));
        TokenFile tokens = TokenFile.open(file, nanos::get);
        Files.delete(file);
        Files.createDirectory(file);
        Logger logger = (Logger) LoggerFactory.getLogger(TokenFile.class);
        ListAppender<ILoggingEvent> lines = new ListAppender<>();
        lines.start();
        logger.addAppender(lines);
        try {
            for (int look = 0; look < 3; look++) {
                nanos.addAndGet(Duration.ofSeconds(1).toNanos());
                tokens.recognise("any");
            }
        } finally {
            logger.detachAppender(lines);
        }

        assertThat(lines.list)
                .singleElement()
                .satisfies(line -> assertThat(line.getLevel()).isEqualTo(Level.ERROR))
                .satisfies(line -> assertThat(line.getFormattedMessage()).contains("the tokens stay as they were"));
    }
}
