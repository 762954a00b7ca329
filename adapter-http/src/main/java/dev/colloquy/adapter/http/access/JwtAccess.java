package dev.colloquy.adapter.http.access;

import com.nimbusds.jose.JOSEException;
import com.nimbusds.jose.JOSEObjectType;
import com.nimbusds.jose.JWSAlgorithm;
import com.nimbusds.jose.KeySourceException;
import com.nimbusds.jose.jwk.JWKMatcher;
import com.nimbusds.jose.jwk.JWKSelector;
import com.nimbusds.jose.jwk.JWKSet;
import com.nimbusds.jose.jwk.KeyType;
import com.nimbusds.jose.jwk.source.ImmutableJWKSet;
import com.nimbusds.jose.jwk.source.JWKSource;
import com.nimbusds.jose.jwk.source.JWKSourceBuilder;
import com.nimbusds.jose.jwk.source.RateLimitReachedException;
import com.nimbusds.jose.proc.BadJOSEException;
import com.nimbusds.jose.proc.DefaultJOSEObjectTypeVerifier;
import com.nimbusds.jose.proc.JWSVerificationKeySelector;
import com.nimbusds.jose.proc.SecurityContext;
import com.nimbusds.jose.util.DefaultResourceRetriever;
import com.nimbusds.jwt.JWTClaimsSet;
import com.nimbusds.jwt.proc.DefaultJWTClaimsVerifier;
import com.nimbusds.jwt.proc.DefaultJWTProcessor;
import dev.colloquy.adapter.http.problem.Problem;
import dev.colloquy.adapter.http.problem.ProblemType;
import dev.colloquy.domain.error.InvalidValue;
import java.io.File;
import java.io.IOException;
import java.net.MalformedURLException;
import java.net.URI;
import java.text.ParseException;
import java.time.Duration;
import java.util.Arrays;
import java.util.Collection;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.stream.Collectors;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * JSON Web Tokens of one issuer. The subject binds the caller to its own user; a claim lists the agents; the claim
 * {@code scope} may hold {@code read} and {@code write}, and without it both are allowed. Safe for any number of threads.
 */
public final class JwtAccess implements AccessControl {

    /** Signatures with a key pair only: with a shared secret, everybody who verifies could also sign. */
    private static final Set<JWSAlgorithm> ALGORITHMS = Set.of(
            JWSAlgorithm.RS256,
            JWSAlgorithm.RS384,
            JWSAlgorithm.RS512,
            JWSAlgorithm.PS256,
            JWSAlgorithm.PS384,
            JWSAlgorithm.PS512,
            JWSAlgorithm.ES256,
            JWSAlgorithm.ES384,
            JWSAlgorithm.ES512);

    private static final JWKSelector VERIFYING = new JWKSelector(
            new JWKMatcher.Builder().keyTypes(KeyType.RSA, KeyType.EC).build());
    private static final JWKSelector ANY_KEY = new JWKSelector(new JWKMatcher.Builder().build());

    /** Nimbus' own half a second is too short for a provider far away, or one that wakes up first. */
    private static final int CONNECT_MILLIS = 2000;

    private static final int READ_MILLIS = 5000;
    private static final int MOST_BYTES_OF_KEYS = 1 << 20;

    /**
     * Keys are fetched twice in this time at most, and fetching in vain counts. So it is the time after which callers are
     * told to try again: by then it is over.
     */
    private static final Duration PAUSE = Duration.ofSeconds(5);

    private static final Logger LOG = LoggerFactory.getLogger(JwtAccess.class);

    private final String place;
    private final JWKSource<SecurityContext> keys;
    private final AtomicBoolean lacksKeys = new AtomicBoolean();
    private final DefaultJWTProcessor<SecurityContext> processor = new DefaultJWTProcessor<>();
    private final String agentsClaim;

    /**
     * @throws InvalidValue if the keys are in a file that cannot be read or holds none to verify with, for it is never read
     *     again; or if the address is not a URL
     */
    public JwtAccess(JwtSettings settings) {
        agentsClaim = settings.agentsClaim();
        place = settings.keys();
        keys = keys(place);
        processor.setJWSTypeVerifier(new DefaultJOSEObjectTypeVerifier<>(
                JOSEObjectType.JWT, new JOSEObjectType("at+jwt"), new JOSEObjectType("application/at+jwt"), null));
        processor.setJWSKeySelector(new JWSVerificationKeySelector<>(ALGORITHMS, keys));
        processor.setJWTClaimsSetVerifier(new DefaultJWTClaimsVerifier<>(
                settings.audience(),
                new JWTClaimsSet.Builder().issuer(settings.issuer()).build(),
                Set.of("sub", "exp")));
    }

    private static JWKSource<SecurityContext> keys(String place) {
        try {
            if (place.startsWith("https://") || place.startsWith("http://")) {
                return JWKSourceBuilder.create(
                                URI.create(place).toURL(),
                                new DefaultResourceRetriever(CONNECT_MILLIS, READ_MILLIS, MOST_BYTES_OF_KEYS))
                        .rateLimited(PAUSE.toMillis())
                        .retrying(true)
                        .outageTolerant(true)
                        .build();
            }
            JWKSet set = JWKSet.load(new File(place));
            if (VERIFYING.select(set).isEmpty()) {
                throw new InvalidValue("COLLOQUY_JWT_KEYS", place, "a JSON Web Key Set that holds an RSA or EC key");
            }
            return new ImmutableJWKSet<>(set);
        } catch (MalformedURLException | IllegalArgumentException e) {
            throw new InvalidValue("COLLOQUY_JWT_KEYS", place.replaceFirst("//.*@", "//…@"), "a URL");
        } catch (IOException | ParseException e) {
            throw new InvalidValue("COLLOQUY_JWT_KEYS", place, "a readable file with a JSON Web Key Set");
        }
    }

    @Override
    public Optional<Caller> recognise(String token) {
        try {
            JWTClaimsSet claims = processor.process(token, null);
            reportKeys();
            return isComplete(claims) ? Optional.of(caller(claims)) : Optional.empty();
        } catch (KeySourceException e) {
            if (namesUnknownKey(e)) {
                return Optional.empty();
            }
            reportNoKeys(e);
            throw Problem.of(ProblemType.KEYS_UNAVAILABLE, "the identity provider's keys cannot be fetched")
                    .withHeader("Retry-After", String.valueOf(PAUSE.toSeconds()))
                    .asException();
        } catch (ParseException | BadJOSEException | JOSEException | RuntimeException e) {
            // The last of them for some headers that nobody has signed, such as null.
            return Optional.empty();
        }
    }

    /** One line when it begins: nobody else tells the operator why all callers are refused. */
    private void reportNoKeys(KeySourceException failure) {
        if (lacksKeys.compareAndSet(false, true)) {
            Throwable reason = failure;
            while (reason.getCause() != null) {
                reason = reason.getCause();
            }
            // An address may hold a password.
            LOG.error(
                    "the keys of COLLOQUY_JWT_KEYS cannot be fetched, so that no JWT can be verified: {}",
                    reason.toString().replace(place, "its address"));
        }
    }

    private void reportKeys() {
        if (lacksKeys.get() && lacksKeys.compareAndSet(true, false)) {
            LOG.info("JWTs can be verified again");
        }
    }

    // For an unknown name keys are fetched again, but only so often: whoever makes up names soon reaches the limit.
    // An outage reaches it, too, but then there are no keys.
    private boolean namesUnknownKey(KeySourceException failure) {
        return failure instanceof RateLimitReachedException && holdsKeys();
    }

    private boolean holdsKeys() {
        try {
            return !keys.get(ANY_KEY, null).isEmpty();
        } catch (KeySourceException e) {
            return false;
        }
    }

    // The verifier only asks whether the names are there. Null would be a caller without limits, or one for ever.
    private static boolean isComplete(JWTClaimsSet claims) {
        return claims.getSubject() != null && !claims.getSubject().isBlank() && claims.getExpirationTime() != null;
    }

    private Caller caller(JWTClaimsSet claims) throws ParseException {
        String scopes = claims.getStringClaim("scope");
        return new Caller(
                "jwt:" + claims.getSubject(),
                Set.copyOf(words(claims.getClaim(agentsClaim))),
                scopes == null ? Set.of(Caller.Scope.READ, Caller.Scope.WRITE) : scopes(words(scopes)),
                claims.getSubject());
    }

    private static Set<Caller.Scope> scopes(Collection<String> words) {
        return Arrays.stream(Caller.Scope.values())
                .filter(scope -> words.stream().anyMatch(scope.name()::equalsIgnoreCase))
                .collect(Collectors.toUnmodifiableSet());
    }

    /** An array of strings or one string with spaces; anything else is no word at all. */
    private static List<String> words(Object claim) {
        return switch (claim) {
            case null -> List.of();
            case String text -> List.of(text.strip().split("\\s+", -1));
            case List<?> list ->
                list.stream()
                        .filter(String.class::isInstance)
                        .map(String.class::cast)
                        .toList();
            default -> List.of();
        };
    }
}
