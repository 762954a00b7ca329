package dev.colloquy.bootstrap.settings;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;

@DisplayName("The address of the service itself")
class OwnAddressTest {

    @Test
    @DisplayName("is that of the settings: what is empty is not set")
    void address() {
        assertThat(OwnAddress.from(Map.of("PORT", "", "COLLOQUY_TLS_CERT", "")))
                .isEqualTo(new OwnAddress(8080, Optional.empty()));
        assertThat(OwnAddress.from(Map.of("PORT", "9090", "COLLOQUY_TLS_CERT", "/a/cert.pem")))
                .isEqualTo(new OwnAddress(9090, Optional.of(Path.of("/a/cert.pem"))));
    }
}
