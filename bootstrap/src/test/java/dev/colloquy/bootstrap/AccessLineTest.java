package dev.colloquy.bootstrap;

import static org.assertj.core.api.Assertions.assertThat;

import ch.qos.logback.classic.Level;
import ch.qos.logback.classic.Logger;
import ch.qos.logback.classic.spi.ILoggingEvent;
import ch.qos.logback.core.read.ListAppender;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.slf4j.LoggerFactory;

@DisplayName("The access line")
class AccessLineTest {

    @Test
    @DisplayName(
            "names method, route, status and correlation id of each request, at debug, and neither user nor content")
    void line() throws Exception {
        List<ILoggingEvent> events = requestsAt(Level.DEBUG);

        assertThat(events)
                .extracting(ILoggingEvent::getFormattedMessage)
                .hasSize(2)
                .first()
                .asString()
                .matches("POST /v1/agents/\\{agent}/users/\\{user}/conversation/messages 201 [0-9]+ µs,"
                        + " correlation id [0-9a-f-]{36}");
        assertThat(events.toString()).doesNotContain("alex", "canary");
    }

    @Test
    @DisplayName("is not written at info")
    void off() throws Exception {
        assertThat(requestsAt(Level.INFO)).isEmpty();
    }

    private static List<ILoggingEvent> requestsAt(Level level) throws Exception {
        Logger access = (Logger) LoggerFactory.getLogger("dev.colloquy.access");
        ListAppender<ILoggingEvent> lines = new ListAppender<>();
        lines.start();
        access.addAppender(lines);
        access.setLevel(level);
        access.setAdditive(false);
        try (Service service = Service.start(Map.of("PORT", "0"));
                Client client = new Client(service.port())) {
            assertThat(client.save("onboarding", "alex", "user", "canary")).isEqualTo(201);
            client.messages("onboarding", "alex");
            return List.copyOf(lines.list);
        } finally {
            access.detachAppender(lines);
            access.setLevel(null);
            access.setAdditive(true);
        }
    }
}
