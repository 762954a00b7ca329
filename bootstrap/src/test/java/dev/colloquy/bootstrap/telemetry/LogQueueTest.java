package dev.colloquy.bootstrap.telemetry;

import static org.assertj.core.api.Assertions.assertThat;

import ch.qos.logback.classic.Logger;
import ch.qos.logback.classic.LoggerContext;
import ch.qos.logback.classic.spi.ILoggingEvent;
import ch.qos.logback.classic.util.LogbackMDCAdapter;
import ch.qos.logback.core.AppenderBase;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

@DisplayName("A log whose output nobody reads")
@Timeout(60)
class LogQueueTest {

    private final LoggerContext context = new LoggerContext();
    private final Logger logger = context.getLogger("dev.colloquy.Service");
    private final Output output = new Output();
    private final LogQueue queue = new LogQueue(4);

    /** Writes only while somebody reads. */
    private static final class Output extends AppenderBase<ILoggingEvent> {

        private final BlockingQueue<String> written = new LinkedBlockingQueue<>();
        private final CountDownLatch blocked = new CountDownLatch(1);
        private final CountDownLatch read = new CountDownLatch(1);
        private final CountDownLatch failed = new CountDownLatch(1);
        private volatile boolean isMemoryShort;

        @Override
        protected void append(ILoggingEvent line) {
            blocked.countDown();
            try {
                read.await();
            } catch (InterruptedException ended) {
                Thread.currentThread().interrupt();
            }
            if (isMemoryShort) {
                isMemoryShort = false;
                failed.countDown();
                throw new OutOfMemoryError("of the test");
            }
            written.add(line.getFormattedMessage());
        }

        private String next() throws InterruptedException {
            return written.poll(30, TimeUnit.SECONDS);
        }
    }

    @BeforeEach
    void start() {
        context.setMDCAdapter(new LogbackMDCAdapter());
        output.start();
        queue.setContext(context);
        queue.addAppender(output);
        queue.start();
        logger.addAppender(queue);
    }

    @AfterEach
    void stop() {
        output.read.countDown();
        queue.stop();
    }

    @Test
    @DisplayName("holds nobody up, and says how many lines it lacks when it is read again")
    void saysWhatIsLacking() throws Exception {
        logger.info("first");
        output.blocked.await();
        for (int i = 1; i <= 10; i++) {
            logger.info("{}", i);
        }
        output.read.countDown();

        assertThat(List.of(output.next(), output.next(), output.next(), output.next()))
                .containsExactly("first", "1", "2", "3");
        logger.info("last");
        assertThat(output.next())
                .isEqualTo(
                        "7 lines of the log are lacking here: nobody read the standard output in time, or memory was short");
        assertThat(output.next()).isEqualTo("last");
    }

    @Test
    @DisplayName("goes on after a line for which there was no memory, and says that it lacks it")
    void memoryIsShort() throws Exception {
        output.isMemoryShort = true;
        output.read.countDown();

        logger.info("first");
        output.failed.await();
        logger.info("second");
        List<String> lines = new ArrayList<>(List.of(output.next()));
        logger.info("third");
        lines.add(output.next());
        lines.add(output.next());

        assertThat(lines)
                .containsExactlyInAnyOrder(
                        "1 lines of the log are lacking here: nobody read the standard output in time, or memory was short",
                        "second",
                        "third");
    }

    @Test
    @DisplayName("is written to its end when the process ends, if it can be")
    void finish() {
        logger.info("first");
        logger.info("second");
        output.read.countDown();

        queue.stop();

        assertThat(output.written).containsExactly("first", "second");
    }
}
