package dev.colloquy.bootstrap.settings;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

@DisplayName("The address of the service itself")
class OwnAddressTest {

    @Test
    @DisplayName("is that of the settings: what is empty is not set")
    void address() {
        assertThat(OwnAddress.from(Map.of("PORT", "", "COLLOQUY_TLS_CERT", "")))
                .isEqualTo(new OwnAddress("127.0.0.1", 8080, Optional.empty()));
        assertThat(OwnAddress.from(Map.of("PORT", "9090", "COLLOQUY_TLS_CERT", "/a/cert.pem")))
                .isEqualTo(new OwnAddress("127.0.0.1", 9090, Optional.of(Path.of("/a/cert.pem"))));
    }

    @ParameterizedTest
    @CsvSource({"'', 127.0.0.1", "0.0.0.0, 127.0.0.1", "'::', 127.0.0.1", "127.0.0.2, 127.0.0.2", "'::1', [::1]"})
    @DisplayName("is the one that it listens on, or the loopback address if those are all")
    void host(String host, String asked) {
        assertThat(OwnAddress.from(Map.of("HOST", host)).host()).isEqualTo(asked);
    }
}
