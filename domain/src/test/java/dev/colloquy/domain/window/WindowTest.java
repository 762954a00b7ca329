package dev.colloquy.domain.window;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.colloquy.domain.conversation.Message;
import dev.colloquy.domain.conversation.MessageId;
import dev.colloquy.domain.conversation.Role;
import dev.colloquy.domain.error.InvalidValue;
import java.time.Instant;
import java.util.List;
import java.util.stream.LongStream;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;

@DisplayName("A window")
class WindowTest {

    private final List<Message> three = LongStream.rangeClosed(1, 3)
            .mapToObj(i -> new Message(new MessageId("m" + i), Role.USER, "text", Instant.EPOCH))
            .toList();

    @Test
    @DisplayName("selects the last N in order")
    void last() {
        assertThat(Window.last(2).select(three)).containsExactly(three.get(1), three.get(2));
        assertThat(Window.last(9).select(three)).isEqualTo(three);
        assertThat(Window.last(1).select(List.of())).isEmpty();
        assertThat(Window.all().select(three)).isEqualTo(three);
    }

    @Test
    @DisplayName("refuses a size below 1")
    void illegal() {
        assertThatThrownBy(() -> Window.last(0)).isInstanceOf(InvalidValue.class);
    }
}
