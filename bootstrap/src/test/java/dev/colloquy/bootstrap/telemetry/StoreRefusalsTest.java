package dev.colloquy.bootstrap.telemetry;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import ch.qos.logback.classic.Logger;
import ch.qos.logback.classic.spi.ILoggingEvent;
import ch.qos.logback.core.read.ListAppender;
import dev.colloquy.domain.conversation.AgentId;
import dev.colloquy.domain.error.StoreAccessRefused;
import dev.colloquy.domain.error.StoreLimitReached;
import dev.colloquy.domain.error.StoreUnavailable;
import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import io.opentelemetry.api.OpenTelemetry;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.atomic.AtomicLong;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.slf4j.LoggerFactory;

@DisplayName("A store that refuses")
class StoreRefusalsTest {

    private static final StoreAccessRefused PASSWORD = new StoreAccessRefused("wrong password", null);

    private final AtomicLong nanos = new AtomicLong();
    private final StoreRefusals refusals = new StoreRefusals(nanos::get);
    private final ListAppender<ILoggingEvent> log = new ListAppender<>();
    private final Logger logger = (Logger) LoggerFactory.getLogger(StoreRefusals.class);

    @BeforeEach
    void listen() {
        log.start();
        logger.addAppender(log);
    }

    @AfterEach
    void detach() {
        logger.detachAppender(log);
    }

    private List<String> lines() {
        return log.list.stream().map(ILoggingEvent::getFormattedMessage).toList();
    }

    @Test
    @DisplayName("is told of once an hour, with the reason")
    void onceAnHour() {
        for (int i = 0; i < 100; i++) {
            refusals.report(PASSWORD);
        }
        assertThat(lines()).containsExactly("The store refuses: wrong password; said once an hour while it goes on");

        nanos.addAndGet(Duration.ofHours(1).toNanos());
        refusals.report(PASSWORD);
        assertThat(log.list).hasSize(2);
    }

    @Test
    @DisplayName("for another reason is told of, too")
    void kinds() {
        refusals.report(PASSWORD);
        refusals.report(new StoreLimitReached("the quota is used up", null));
        assertThat(lines()).hasSize(2).last().asString().contains("the quota is used up");
    }

    @Test
    @DisplayName("for one reason after another is told of each, and of each once an hour")
    void reasons() {
        StoreAccessRefused permission = new StoreAccessRefused("no permission", null);
        for (int i = 0; i < 2; i++) {
            refusals.report(PASSWORD);
            refusals.report(permission);
        }
        assertThat(lines()).hasSize(2).last().asString().contains("no permission");
    }

    @Test
    @DisplayName("is not one that is away: the outbox tells of that")
    void away() {
        refusals.report(new StoreUnavailable("no answer", null));
        assertThat(log.list).isEmpty();
    }

    @Test
    @DisplayName("is told of when it is observed")
    void observed() {
        StoreOperations operations = new StoreOperations(
                new SimpleMeterRegistry(), OpenTelemetry.noop().getTracer("test"), "redis");
        assertThatThrownBy(() -> operations.observe(
                        "append",
                        new AgentId("onboarding"),
                        () -> {
                            throw PASSWORD;
                        },
                        String::valueOf))
                .isSameAs(PASSWORD);
        assertThat(log.list).hasSize(1);
    }
}
