package dev.colloquy.adapter.http;

import dev.colloquy.domain.error.InvalidValue;
import io.helidon.common.tls.Tls;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.security.KeyFactory;
import java.security.PrivateKey;
import java.security.PublicKey;
import java.security.Signature;
import java.security.cert.CertificateFactory;
import java.security.cert.X509Certificate;
import java.security.spec.PKCS8EncodedKeySpec;
import java.util.Base64;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** The certificate of the listener and its private key. Immutable; its text form does not show the key. */
public final class ServerCertificate {

    private static final Pattern KEY =
            Pattern.compile("-----BEGIN PRIVATE KEY-----([A-Za-z0-9+/=\\s]+)-----END PRIVATE KEY-----");
    private static final String ALLOWED_CERTIFICATE =
            "a readable PEM file with the certificate first and then those that signed it";
    private static final String ALLOWED_KEY =
            "a readable PEM file with the certificate's private key, not encrypted, as PKCS #8 (BEGIN PRIVATE KEY;"
                    + " openssl pkcs8 -topk8 -nocrypt makes it from others)";

    private final List<X509Certificate> chain;
    private final PrivateKey key;

    private ServerCertificate(List<X509Certificate> chain, PrivateKey key) {
        this.chain = chain;
        this.key = key;
    }

    /**
     * Reads both files.
     *
     * @param certificate a PEM file with the certificate, followed by those that signed it
     * @param key a PEM file with the private key: RSA, EC or EdDSA, as PKCS #8, not encrypted
     * @throws InvalidValue if a file cannot be read, holds something else, or the two do not belong together; the field is
     *     {@code certificate} or {@code key}
     */
    public static ServerCertificate read(Path certificate, Path key) {
        List<X509Certificate> chain = chain(certificate);
        PublicKey publicKey = chain.getFirst().getPublicKey();
        try {
            Matcher pem = KEY.matcher(Files.readString(key, StandardCharsets.US_ASCII));
            if (pem.find()) {
                byte[] der = Base64.getMimeDecoder().decode(pem.group(1));
                PrivateKey privateKey =
                        KeyFactory.getInstance(publicKey.getAlgorithm()).generatePrivate(new PKCS8EncodedKeySpec(der));
                if (belongTogether(publicKey, privateKey)) {
                    return new ServerCertificate(chain, privateKey);
                }
            }
            throw wrong("key", key, ALLOWED_KEY);
        } catch (IOException | GeneralSecurityException | IllegalArgumentException e) {
            // Its message may quote the file.
            throw wrong("key", key, ALLOWED_KEY);
        }
    }

    /** For the listener. */
    Tls tls() {
        return Tls.builder().privateKey(key).privateKeyCertChain(chain).build();
    }

    @Override
    public String toString() {
        return "certificate of " + chain.getFirst().getSubjectX500Principal();
    }

    private static List<X509Certificate> chain(Path file) {
        try {
            List<X509Certificate> chain = CertificateFactory.getInstance("X.509")
                    .generateCertificates(new ByteArrayInputStream(Files.readAllBytes(file)))
                    .stream()
                    .map(X509Certificate.class::cast)
                    .toList();
            if (!chain.isEmpty()) {
                return chain;
            }
        } catch (IOException | GeneralSecurityException e) {
            throw wrong("certificate", file, ALLOWED_CERTIFICATE);
        }
        throw wrong("certificate", file, ALLOWED_CERTIFICATE);
    }

    private static boolean belongTogether(PublicKey publicKey, PrivateKey privateKey) throws GeneralSecurityException {
        String algorithm = switch (publicKey.getAlgorithm()) {
            case "EC" -> "SHA256withECDSA";
            case "RSA" -> "SHA256withRSA";
            default -> publicKey.getAlgorithm();
        };
        byte[] something = "something to sign".getBytes(StandardCharsets.US_ASCII);
        Signature signature = Signature.getInstance(algorithm);
        signature.initSign(privateKey);
        signature.update(something);
        byte[] signed = signature.sign();
        signature.initVerify(publicKey);
        signature.update(something);
        return signature.verify(signed);
    }

    private static InvalidValue wrong(String field, Path file, String allowed) {
        return new InvalidValue(field, file.toString(), allowed);
    }
}
