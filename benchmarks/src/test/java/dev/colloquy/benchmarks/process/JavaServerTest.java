package dev.colloquy.benchmarks.process;

import static org.assertj.core.api.Assertions.assertThat;

import dev.colloquy.benchmarks.http.BareHandler;
import java.util.Map;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;

class JavaServerTest {

    @Test
    @DisplayName("the handler that others are measured against writes no log while it answers")
    void bareHandlerIsQuiet() throws Exception {
        try (JavaServer bare = JavaServer.start(BareHandler.command(), Map.of(), "/ready")) {
            String whileStarting = bare.output();
            assertThat(PlainHttp.answers(bare.port(), "/ready")).isTrue();
            assertThat(bare.output()).isEqualTo(whileStarting);
        }
    }
}
