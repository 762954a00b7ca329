package dev.colloquy.bootstrap;

import dev.colloquy.bootstrap.settings.OwnAddress;
import dev.colloquy.bootstrap.telemetry.ConsoleLog;
import java.io.IOException;
import java.io.InputStream;
import java.net.HttpURLConnection;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.security.KeyStore;
import java.security.cert.CertificateFactory;
import java.util.Map;
import javax.net.ssl.HttpsURLConnection;
import javax.net.ssl.SSLContext;
import javax.net.ssl.TrustManagerFactory;

/** Asks the service on this machine whether it lives, for containers, which have no other program to ask with. */
public final class HealthCheck {

    private static final int PATIENCE_MILLIS = 5_000;

    private HealthCheck() {}

    /** Ends with 0 if it lives and 1 if not. It takes no arguments but the environment of the service, and its file. */
    public static void main(String[] args) {
        // Without it the libraries would log every step.
        ConsoleLog.useText("warn");
        System.exit(lives(System.getenv()) ? 0 : 1);
    }

    /** Whether the service of this environment answers on the loopback address. */
    static boolean lives(Map<String, String> environment) {
        OwnAddress address = OwnAddress.from(environment);
        String scheme = address.certificate().isPresent() ? "https" : "http";
        try {
            URI live = URI.create(scheme + "://127.0.0.1:" + address.port() + "/health/live");
            HttpURLConnection connection = (HttpURLConnection) live.toURL().openConnection();
            if (connection instanceof HttpsURLConnection https) {
                https.setSSLSocketFactory(
                        trusting(address.certificate().orElseThrow()).getSocketFactory());
                // It is trusted for being the very one, whatever its name is.
                https.setHostnameVerifier((name, session) -> true);
            }
            connection.setConnectTimeout(PATIENCE_MILLIS);
            connection.setReadTimeout(PATIENCE_MILLIS);
            return connection.getResponseCode() == HttpURLConnection.HTTP_OK;
        } catch (IOException | GeneralSecurityException e) {
            return false;
        }
    }

    private static SSLContext trusting(Path certificate) throws IOException, GeneralSecurityException {
        KeyStore trusted = KeyStore.getInstance(KeyStore.getDefaultType());
        trusted.load(null, null);
        try (InputStream file = Files.newInputStream(certificate)) {
            trusted.setCertificateEntry(
                    "own", CertificateFactory.getInstance("X.509").generateCertificate(file));
        }
        TrustManagerFactory trust = TrustManagerFactory.getInstance(TrustManagerFactory.getDefaultAlgorithm());
        trust.init(trusted);
        SSLContext context = SSLContext.getInstance("TLS");
        context.init(null, trust.getTrustManagers(), null);
        return context;
    }
}
