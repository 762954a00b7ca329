package dev.colloquy.bootstrap.faults;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.colloquy.domain.conversation.Message;
import dev.colloquy.domain.conversation.MessageId;
import dev.colloquy.domain.conversation.Receipt;
import dev.colloquy.domain.conversation.Role;
import dev.colloquy.domain.conversation.SequencedMessage;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

@DisplayName("The measurement of an outage")
class OutageMeasurementTest {

    private static final Message MESSAGE =
            new Message(new MessageId("id"), Role.USER, "Hello", Instant.EPOCH, Map.of());
    private static final Receipt ACCEPTED = new Receipt.Accepted(List.of(MESSAGE));
    private static final Receipt STORED =
            new Receipt.Stored(List.of(new SequencedMessage(1, MESSAGE)), 1, Instant.EPOCH, false);

    @Test
    @DisplayName("times every save, in order")
    void times() throws Exception {
        assertThat(OutageMeasurement.saveFromManyThreads((caller, number) -> ACCEPTED))
                .hasSize(5000)
                .isSorted();
    }

    @Test
    @DisplayName("is none if a save fails, which did not take no time")
    void failed() {
        assertThatThrownBy(() -> OutageMeasurement.saveFromManyThreads((caller, number) -> {
                    if (number == 4000) {
                        throw new IllegalArgumentException("full");
                    }
                    return ACCEPTED;
                }))
                .isInstanceOf(IllegalStateException.class)
                .hasMessageContaining("1 of 8 callers failed")
                .hasRootCauseMessage("full");
    }

    @Test
    @DisplayName("is none if a save needs no outbox")
    void stored() {
        assertThatThrownBy(() ->
                        OutageMeasurement.saveFromManyThreads((caller, number) -> number == 4000 ? STORED : ACCEPTED))
                .isInstanceOf(IllegalStateException.class)
                .hasMessageContaining("save 4000 was answered with Stored");
    }

    @Test
    @Timeout(60)
    @DisplayName("takes no options, and says so")
    void options() throws Exception {
        Process measurement = new ProcessBuilder(
                        Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                        "-classpath",
                        System.getProperty("java.class.path"),
                        OutageMeasurement.class.getName(),
                        "nonsense")
                .redirectErrorStream(true)
                .start();

        String said = new String(measurement.getInputStream().readAllBytes(), StandardCharsets.UTF_8);

        assertThat(measurement.waitFor()).isEqualTo(2);
        assertThat(said).contains("history-check: measure takes no options, not \"nonsense\"\n");
    }
}
