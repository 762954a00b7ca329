package dev.colloquy.bootstrap;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.security.GeneralSecurityException;
import java.security.KeyStore;
import java.util.ArrayList;
import java.util.Base64;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

@DisplayName("The health check of a container")
class HealthCheckTest {

    @Test
    @DisplayName("says whether the service lives")
    void lives() {
        String port;
        try (Service service = Service.start(Map.of("PORT", "0"))) {
            port = Integer.toString(service.port());
            assertThat(HealthCheck.lives(Map.of("PORT", port))).isTrue();
            assertThat(HealthCheck.lives(Map.of("PORT", port, "COLLOQUY_TLS_CERT", "/nowhere")))
                    .isFalse();
        }
        assertThat(HealthCheck.lives(Map.of("PORT", port))).isFalse();
    }

    @Test
    @DisplayName("looks into the file of the service, too")
    void settingsFile(@TempDir Path directory) throws IOException {
        try (Service service = Service.start(Map.of("PORT", "0"))) {
            Path file = Files.writeString(directory.resolve("file"), "PORT=" + service.port());
            Map<String, String> environment = Map.of("COLLOQUY_CONFIG", file.toString(), "PORT", "");
            assertThat(HealthCheck.lives(environment)).isTrue();

            Files.writeString(file, "\nCOLLOQUY_TLS_CERT=/nowhere", StandardOpenOption.APPEND);
            assertThat(HealthCheck.lives(environment)).isFalse();
        }
    }

    @Test
    @DisplayName("asks a service with TLS as well, also after its certificate was renewed in the file alone")
    void renewedCertificate(@TempDir Path directory) throws IOException, GeneralSecurityException {
        Path certificate = directory.resolve("cert.pem");
        Path key = directory.resolve("key.pem");
        renew(directory.resolve("first.p12"), certificate, key);
        Map<String, String> tls =
                Map.of("COLLOQUY_TLS_CERT", certificate.toString(), "COLLOQUY_TLS_KEY", key.toString(), "PORT", "0");
        try (Service service = Service.start(tls)) {
            Map<String, String> environment = new HashMap<>(tls);
            environment.put("PORT", Integer.toString(service.port()));
            assertThat(HealthCheck.lives(environment)).isTrue();

            renew(directory.resolve("second.p12"), certificate, key);
            assertThat(HealthCheck.lives(environment)).isTrue();
        }
    }

    /** A new key and a self-signed certificate, made by the JDK's own keytool. */
    private static void renew(Path store, Path certificate, Path key) throws IOException, GeneralSecurityException {
        Path keytool = Path.of(System.getProperty("java.home"), "bin", "keytool");
        String arguments = "-genkeypair -alias server -keyalg EC -dname CN=localhost -storetype PKCS12"
                + " -storepass test-only -keystore";
        List<String> command = new ArrayList<>(List.of(arguments.split(" ", -1)));
        command.addFirst(keytool.toString());
        command.add(store.toString());
        Process process = new ProcessBuilder(command).redirectErrorStream(true).start();
        String output = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
        assertThat(process.onExit().join().exitValue()).as(output).isZero();

        char[] password = "test-only".toCharArray();
        KeyStore keys = KeyStore.getInstance(store.toFile(), password);
        write(certificate, "CERTIFICATE", keys.getCertificate("server").getEncoded());
        write(key, "PRIVATE KEY", keys.getKey("server", password).getEncoded());
    }

    private static void write(Path file, String kind, byte[] der) throws IOException {
        String body = Base64.getMimeEncoder().encodeToString(der);
        Files.writeString(file, "-----BEGIN " + kind + "-----\n" + body + "\n-----END " + kind + "-----\n");
    }
}
