package dev.colloquy.bootstrap;

import java.util.Map;
import org.junit.jupiter.api.DisplayName;

@DisplayName("End to end in memory")
class MemoryEndToEndTest extends EndToEndContract {

    @Override
    Map<String, String> environment() {
        return Map.of();
    }
}
