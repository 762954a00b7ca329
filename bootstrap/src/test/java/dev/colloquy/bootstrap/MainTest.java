package dev.colloquy.bootstrap;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.concurrent.atomic.AtomicBoolean;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;

@DisplayName("A service that is told to stop ends with")
class MainTest {

    @Test
    @DisplayName("0 when all of it was closed")
    void closed() {
        AtomicBoolean closed = new AtomicBoolean();

        assertThat(Main.stop(() -> closed.set(true))).isZero();
        assertThat(closed).isTrue();
    }

    @Test
    @DisplayName("1 when closing failed")
    void failed() {
        int status = Main.stop(() -> {
            throw new IllegalStateException("thrown by the test: closing fails");
        });

        assertThat(status).isEqualTo(1);
    }
}
