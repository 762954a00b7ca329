package dev.colloquy.adapter.http.access;

import com.nimbusds.jose.JOSEException;
import com.nimbusds.jose.JOSEObjectType;
import com.nimbusds.jose.JWSAlgorithm;
import com.nimbusds.jose.JWSHeader;
import com.nimbusds.jose.crypto.RSASSASigner;
import com.nimbusds.jose.jwk.JWKSet;
import com.nimbusds.jose.jwk.RSAKey;
import com.nimbusds.jose.jwk.gen.RSAKeyGenerator;
import com.nimbusds.jwt.JWTClaimsSet;
import com.nimbusds.jwt.PlainJWT;
import com.nimbusds.jwt.SignedJWT;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.Date;
import java.util.List;
import java.util.function.UnaryOperator;
import org.jspecify.annotations.Nullable;

/** An identity provider for tests: it signs whatever claims it is told to. */
public final class TestIssuer {

    private static final String ISSUER = "https://issuer.example";
    private static final String AUDIENCE = "colloquy";

    private final RSAKey key;

    public TestIssuer() {
        this("k1");
    }

    /** One whose key has this name. */
    TestIssuer(String keyName) {
        try {
            key = new RSAKeyGenerator(2048).keyID(keyName).generate();
        } catch (JOSEException e) {
            throw new IllegalStateException(e);
        }
    }

    /** Settings that accept its tokens; the keys are written to a file in this folder. */
    public JwtSettings settings(Path folder) throws IOException {
        Path keys = folder.resolve("keys.json");
        Files.writeString(keys, new JWKSet(key.toPublicJWK()).toString());
        return new JwtSettings(ISSUER, AUDIENCE, keys.toString(), JwtSettings.DEFAULT_AGENTS_CLAIM);
    }

    /** A valid token of this user for the agent onboarding, with these changes. */
    public String token(String user, UnaryOperator<JWTClaimsSet.Builder> changes) {
        return sign(key, null, changes.apply(claims(user)).build());
    }

    /** A valid token of this user that says in its header what it is. */
    String typed(String user, String type) {
        return sign(key, new JOSEObjectType(type), claims(user).build());
    }

    public String token(String user) {
        return token(user, claims -> claims);
    }

    public String expired(String user) {
        return token(
                user, claims -> claims.expirationTime(Date.from(Instant.now().minusSeconds(600))));
    }

    /** The claims of one user under the signature of another's token. */
    public String tampered(String user) {
        String[] own = token(user).split("\\.", -1);
        String[] other = token("mallory").split("\\.", -1);
        return own[0] + "." + own[1] + "." + other[2];
    }

    public String unsigned(String user) {
        return new PlainJWT(claims(user).build()).serialize();
    }

    private static JWTClaimsSet.Builder claims(String user) {
        return new JWTClaimsSet.Builder()
                .issuer(ISSUER)
                .audience(AUDIENCE)
                .subject(user)
                .expirationTime(Date.from(Instant.now().plusSeconds(600)))
                .claim("agents", List.of("onboarding"));
    }

    private static String sign(RSAKey key, @Nullable JOSEObjectType type, JWTClaimsSet claims) {
        JWSHeader header = new JWSHeader.Builder(JWSAlgorithm.RS256)
                .keyID(key.getKeyID())
                .type(type)
                .build();
        SignedJWT jwt = new SignedJWT(header, claims);
        try {
            jwt.sign(new RSASSASigner(key));
        } catch (JOSEException e) {
            throw new IllegalStateException(e);
        }
        return jwt.serialize();
    }
}
