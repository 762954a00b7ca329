package dev.colloquy.adapter.http.access;

import dev.colloquy.domain.error.InvalidValue;

/**
 * Which JWTs to accept. Immutable.
 *
 * @param issuer the issuer a token must name, exactly
 * @param audience an audience a token must name
 * @param keys where the issuer's keys are: a file or an {@code http(s)} URL of a JSON Web Key Set
 * @param agentsClaim the claim that lists the agents, as an array of strings or one string with spaces
 */
public record JwtSettings(String issuer, String audience, String keys, String agentsClaim) {

    /** The claim unless another one is set. */
    public static final String DEFAULT_AGENTS_CLAIM = "agents";

    /** @throws InvalidValue if one of them is empty */
    public JwtSettings {
        requireText("COLLOQUY_JWT_ISSUER", issuer);
        requireText("COLLOQUY_JWT_AUDIENCE", audience);
        requireText("COLLOQUY_JWT_KEYS", keys);
        requireText("COLLOQUY_JWT_AGENTS_CLAIM", agentsClaim);
    }

    private static void requireText(String field, String value) {
        if (value.isBlank()) {
            throw new InvalidValue(field, value, "a text that is not empty; JWTs need issuer, audience and keys");
        }
    }
}
