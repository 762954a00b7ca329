package dev.colloquy.bootstrap;

import dev.colloquy.bootstrap.settings.OwnAddress;
import dev.colloquy.bootstrap.telemetry.ConsoleLog;
import java.io.IOException;
import java.net.HttpURLConnection;
import java.net.URI;
import java.security.GeneralSecurityException;
import java.security.cert.X509Certificate;
import java.util.Map;
import javax.net.ssl.HttpsURLConnection;
import javax.net.ssl.SSLContext;
import javax.net.ssl.TrustManager;
import javax.net.ssl.X509TrustManager;

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

    /** Whether the service of this environment answers. */
    static boolean lives(Map<String, String> environment) {
        OwnAddress address = OwnAddress.from(environment);
        String scheme = address.certificate().isPresent() ? "https" : "http";
        try {
            URI live = URI.create(scheme + "://" + address.host() + ":" + address.port() + "/health/live");
            HttpURLConnection connection = (HttpURLConnection) live.toURL().openConnection();
            if (connection instanceof HttpsURLConnection https) {
                https.setSSLSocketFactory(trustingAnybody().getSocketFactory());
                https.setHostnameVerifier((name, session) -> true);
            }
            connection.setConnectTimeout(PATIENCE_MILLIS);
            connection.setReadTimeout(PATIENCE_MILLIS);
            return connection.getResponseCode() == HttpURLConnection.HTTP_OK;
        } catch (IOException | GeneralSecurityException e) {
            return false;
        }
    }

    private static SSLContext trustingAnybody() throws GeneralSecurityException {
        SSLContext context = SSLContext.getInstance("TLS");
        context.init(null, new TrustManager[] {new AnyCertificate()}, null);
        return context;
    }

    /**
     * The service shows the certificate that its file held at the start, and the file may hold a newer one by now. There is
     * no secret in the question, and what the service listens on is an address of this machine.
     */
    private static final class AnyCertificate implements X509TrustManager {

        @Override
        public void checkClientTrusted(X509Certificate[] chain, String authentication) {
            // Only for servers.
        }

        @Override
        public void checkServerTrusted(X509Certificate[] chain, String authentication) {
            // Each is trusted.
        }

        @Override
        public X509Certificate[] getAcceptedIssuers() {
            return new X509Certificate[0];
        }
    }
}
