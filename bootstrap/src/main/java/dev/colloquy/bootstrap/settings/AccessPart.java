package dev.colloquy.bootstrap.settings;

import dev.colloquy.adapter.http.access.JwtSettings;
import dev.colloquy.domain.error.InvalidValue;
import java.nio.file.Path;
import java.util.Optional;

/**
 * Who is let in.
 *
 * @param tokensFile a file with tokens, or empty for none
 * @param jwt which JWTs are accepted, or empty for none
 * @param allowsAnybody whether nobody needs a token on other addresses than the loopback one either, on purpose
 */
public record AccessPart(Optional<Path> tokensFile, Optional<JwtSettings> jwt, boolean allowsAnybody) {

    static AccessPart from(SettingsReader reader) {
        return new AccessPart(
                reader.readOptional(Setting.COLLOQUY_TOKENS_FILE, Path::of),
                jwt(reader),
                reader.read(Setting.COLLOQUY_ALLOW_ANYBODY, Values::yesOrNo));
    }

    /** It is a mistake to listen where others can reach the service, with no token needed, unless that is on purpose. */
    void requireTokensOn(String host, SettingsReader reader) {
        boolean letsEverybodyIn = tokensFile.isEmpty() && jwt.isEmpty();
        if (letsEverybodyIn && !allowsAnybody && !isLoopback(host)) {
            reader.mistake(
                    Setting.HOST.name(),
                    "is \"" + host + "\" and nobody needs a token; allowed: 127.0.0.1, or a "
                            + Setting.COLLOQUY_TOKENS_FILE + " or " + Setting.COLLOQUY_JWT_ISSUER + " with it, or "
                            + Setting.COLLOQUY_ALLOW_ANYBODY + "=true");
        }
    }

    private static Optional<JwtSettings> jwt(SettingsReader reader) {
        String issuer = text(reader, Setting.COLLOQUY_JWT_ISSUER);
        String audience = text(reader, Setting.COLLOQUY_JWT_AUDIENCE);
        String keys = text(reader, Setting.COLLOQUY_JWT_KEYS);
        String claim = reader.read(Setting.COLLOQUY_JWT_AGENTS_CLAIM, text -> text);
        if (issuer.isEmpty() && audience.isEmpty() && keys.isEmpty()) {
            return Optional.empty();
        }
        try {
            return Optional.of(new JwtSettings(issuer, audience, keys, claim));
        } catch (InvalidValue e) {
            reader.mistake(e.field(), "is not set although other COLLOQUY_JWT settings are; allowed: " + e.allowed());
            return Optional.empty();
        }
    }

    private static String text(SettingsReader reader, Setting setting) {
        return reader.readOptional(setting, text -> text).orElse("");
    }

    private static boolean isLoopback(String host) {
        return host.equals("localhost") || host.equals("::1") || host.matches("127(\\.[0-9]{1,3}){3}");
    }
}
