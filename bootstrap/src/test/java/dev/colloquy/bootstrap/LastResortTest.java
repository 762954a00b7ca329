package dev.colloquy.bootstrap;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;

@DisplayName("An error that nobody caught")
class LastResortTest {

    private final List<Integer> halted = new ArrayList<>();
    private final LastResort lastResort = new LastResort(halted::add);

    private final Thread ofALibrary = Thread.ofPlatform().unstarted(() -> {});
    private final Thread ofARequest = Thread.ofVirtual().unstarted(() -> {});

    @Test
    @DisplayName("for lack of memory ends the process with 3, if it ended a thread of a library")
    void thread() {
        lastResort.uncaughtException(ofALibrary, new OutOfMemoryError("of the test"));

        assertThat(halted).containsExactly(3);
    }

    @Test
    @DisplayName("for lack of memory is nobody else's business if it ended a request")
    void request() {
        lastResort.uncaughtException(ofARequest, new OutOfMemoryError("of the test"));

        assertThat(halted).isEmpty();
    }

    @Test
    @DisplayName("for another reason does not end the process")
    void otherReason() {
        lastResort.uncaughtException(ofALibrary, new IllegalStateException("of the test"));

        assertThat(halted).isEmpty();
    }
}
