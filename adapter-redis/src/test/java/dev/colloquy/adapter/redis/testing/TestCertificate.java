package dev.colloquy.adapter.redis.testing;

import java.io.IOException;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.security.KeyStore;
import java.util.Base64;
import java.util.List;
import javax.net.SocketFactory;
import javax.net.ssl.SSLContext;
import javax.net.ssl.TrustManagerFactory;

/** A key and a self-signed certificate for 127.0.0.1 and localhost, made with the JDK's own keytool. */
public final class TestCertificate {

    static final String PASSWORD = "test-only";
    /** The one of the Redis servers of this JVM. */
    static final TestCertificate INSTANCE = new TestCertificate();

    private final KeyStore keys;
    private final Path trustStore;

    private TestCertificate() {
        try {
            Path directory = Files.createTempDirectory("colloquy-tls");
            Path keyStore = directory.resolve("server.p12");
            trustStore = directory.resolve("trust.p12");
            makeKeyPair(keyStore);
            keys = KeyStore.getInstance(keyStore.toFile(), PASSWORD.toCharArray());
            KeyStore trusted = KeyStore.getInstance("PKCS12");
            trusted.load(null, null);
            trusted.setCertificateEntry("server", keys.getCertificate("server"));
            try (OutputStream out = Files.newOutputStream(trustStore)) {
                trusted.store(out, PASSWORD.toCharArray());
            }
            // The last one named is the first one deleted.
            for (Path file : List.of(directory, keyStore, trustStore)) {
                file.toFile().deleteOnExit();
            }
        } catch (IOException failed) {
            throw new UncheckedIOException(failed);
        } catch (GeneralSecurityException impossible) {
            throw new IllegalStateException(impossible);
        }
    }

    /** Makes another one. */
    public static TestCertificate make() {
        return new TestCertificate();
    }

    private static void makeKeyPair(Path keyStore) throws IOException {
        Path keytool = Path.of(System.getProperty("java.home"), "bin", "keytool");
        Process process = new ProcessBuilder(
                        keytool.toString(),
                        "-genkeypair",
                        "-alias",
                        "server",
                        "-keyalg",
                        "EC",
                        "-groupname",
                        "secp256r1",
                        "-dname",
                        "CN=localhost",
                        "-ext",
                        "san=ip:127.0.0.1,dns:localhost",
                        "-validity",
                        "30",
                        "-storetype",
                        "PKCS12",
                        "-keystore",
                        keyStore.toString(),
                        "-storepass",
                        PASSWORD)
                .redirectErrorStream(true)
                .start();
        String output = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
        if (process.onExit().join().exitValue() != 0) {
            throw new IOException("keytool failed: " + output);
        }
    }

    Path trustStore() {
        return trustStore;
    }

    /** The certificate as a PEM file has it. */
    public byte[] certificatePem() {
        try {
            return pem("CERTIFICATE", keys.getCertificate("server").getEncoded());
        } catch (GeneralSecurityException impossible) {
            throw new IllegalStateException(impossible);
        }
    }

    /** The key as a PEM file has it, not encrypted. */
    public byte[] keyPem() {
        try {
            return pem(
                    "PRIVATE KEY", keys.getKey("server", PASSWORD.toCharArray()).getEncoded());
        } catch (GeneralSecurityException impossible) {
            throw new IllegalStateException(impossible);
        }
    }

    /** Sockets that trust this certificate. */
    SocketFactory sockets() {
        try {
            TrustManagerFactory trust = TrustManagerFactory.getInstance(TrustManagerFactory.getDefaultAlgorithm());
            trust.init(KeyStore.getInstance(trustStore.toFile(), PASSWORD.toCharArray()));
            SSLContext context = SSLContext.getInstance("TLS");
            context.init(null, trust.getTrustManagers(), null);
            return context.getSocketFactory();
        } catch (IOException failed) {
            throw new UncheckedIOException(failed);
        } catch (GeneralSecurityException impossible) {
            throw new IllegalStateException(impossible);
        }
    }

    private static byte[] pem(String kind, byte[] der) {
        String body = Base64.getMimeEncoder(64, new byte[] {'\n'}).encodeToString(der);
        return ("-----BEGIN " + kind + "-----\n" + body + "\n-----END " + kind + "-----\n")
                .getBytes(StandardCharsets.US_ASCII);
    }
}
