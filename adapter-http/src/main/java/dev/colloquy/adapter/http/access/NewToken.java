package dev.colloquy.adapter.http.access;

import dev.colloquy.domain.error.InvalidValue;
import java.security.SecureRandom;
import java.util.Base64;

/**
 * A token that was made just now; it cannot be shown a second time, as only its hash is kept.
 *
 * @param token what the caller presents
 * @param line what goes into the token file
 */
public record NewToken(String token, String line) {

    /** 256 bits: nobody guesses that. */
    private static final int BYTES = 32;

    /**
     * Makes a token.
     *
     * @param name how limits and logs name the caller, without white space; it does not begin with {@code #}
     * @param agents a list such as {@code onboarding,support}, or {@code *}
     * @param scopes {@code read}, {@code write} or {@code read,write}
     * @throws InvalidValue if one of them is not allowed
     */
    public static NewToken make(String name, String agents, String scopes, SecureRandom random) {
        // The file passes over lines that begin with a hash sign.
        if (name.isEmpty() || name.startsWith("#") || name.chars().anyMatch(Character::isWhitespace)) {
            throw new InvalidValue("NAME", name, "one word that does not begin with #");
        }
        byte[] bytes = new byte[BYTES];
        random.nextBytes(bytes);
        String token = "colloquy_" + Base64.getUrlEncoder().withoutPadding().encodeToString(bytes);
        Caller caller = new Caller(name, TokenLine.agents(agents, "AGENTS"), TokenLine.scopes(scopes, "SCOPES"), null);
        String line = new TokenLine(TokenHash.of(token), caller).text();
        // What is printed must be what is read.
        return new NewToken(token, TokenLine.parse(line, "the line").text());
    }

    /** Without the token. */
    @Override
    public String toString() {
        return "NewToken[line=" + line + "]";
    }
}
