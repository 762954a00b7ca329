package dev.colloquy.store.tck;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatCode;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.colloquy.domain.conversation.Message;
import dev.colloquy.domain.conversation.MessageId;
import dev.colloquy.domain.conversation.Role;
import dev.colloquy.domain.conversation.SequencedMessage;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;

@DisplayName("A failure says in what two messages differ")
class DifferencesTest {

    private static final Message GERMAN =
            Samples.with(Map.of("lang", "de", "voice", "on"), Samples.message("m", "text"));

    @Test
    @DisplayName("The field, what was expected and what came, and nothing of the fields that are right")
    void content() {
        Message other = new Message(GERMAN.id(), Role.USER, "text ", GERMAN.at(), GERMAN.metadata());

        assertThat(Differences.between(GERMAN, other))
                .contains("content", "\"text\"", "\"text \"", "character 5")
                .doesNotContain("role", "metadata", "time", "id,");
    }

    @Test
    @DisplayName("Every other field")
    void fields() {
        Message other = new Message(new MessageId("n"), Role.AGENT, "text", Samples.NOON.plusNanos(1), Map.of());

        assertThat(Differences.between(GERMAN, other)).contains("id,", "role,", "time,", "metadata's keys,");
    }

    @Test
    @DisplayName("Metadata under the key at which it differs")
    void metadata() {
        assertThat(Differences.between(GERMAN, Samples.with(Map.of("lang", "de", "voice", "off"), GERMAN)))
                .contains("\"voice\"", "\"on\"", "\"off\"")
                .doesNotContain("lang");
    }

    @Test
    @DisplayName("Long texts are shown around the place where they differ, unusual characters by their number")
    void shortened() {
        String begin = "a".repeat(1 << 20);

        String told = Differences.between(Samples.message("m", begin + "é"), Samples.message("m", begin + "e\u0301"));

        assertThat(told)
                .contains("a\\u00e9\"", "ae\\u0301\"", "character 1048577")
                .hasSizeLessThan(500);
    }

    @Test
    @DisplayName("In lists: the number, the place, and messages that are missing")
    void lists() {
        SequencedMessage first = new SequencedMessage(1, GERMAN);
        SequencedMessage second = new SequencedMessage(2, Samples.message("n"));

        assertThatCode(() -> Differences.assertSame("messages", List.of(first), List.of(first)))
                .doesNotThrowAnyException();
        assertThatThrownBy(() -> Differences.assertSame("messages", List.of(first), List.of(first, second)))
                .isInstanceOf(AssertionError.class)
                .hasMessageContaining("[m, n]");
        assertThatThrownBy(() -> Differences.assertSame("messages", List.of(first, first), List.of(first, second)))
                .isInstanceOf(AssertionError.class)
                .hasMessageContaining("2:n")
                .hasMessageContaining("number");
    }
}
