package dev.colloquy.bootstrap.settings;

import dev.colloquy.adapter.http.access.AccessControl;
import dev.colloquy.adapter.http.access.JwtAccess;
import dev.colloquy.adapter.http.access.JwtSettings;
import dev.colloquy.adapter.http.access.TokenFile;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;

/**
 * Who is let in.
 *
 * @param tokensFile a file with tokens, or empty for none
 * @param jwt which JWTs are accepted, or empty for none
 * @param allowsAnybody whether nobody needs a token on other addresses than the loopback one either, on purpose
 */
public record AccessPart(Optional<Path> tokensFile, Optional<JwtSettings> jwt, boolean allowsAnybody) {

    private static final List<Setting> NEEDED_FOR_JWTS =
            List.of(Setting.COLLOQUY_JWT_ISSUER, Setting.COLLOQUY_JWT_AUDIENCE, Setting.COLLOQUY_JWT_KEYS);

    static AccessPart from(SettingsReader reader) {
        return new AccessPart(
                reader.readOptional(Setting.COLLOQUY_TOKENS_FILE, Path::of),
                jwt(reader),
                reader.read(Setting.COLLOQUY_ALLOW_ANYBODY, Values::yesOrNo));
    }

    /** It is a mistake to listen where others can reach the service, with no token needed, unless that is on purpose. */
    void requireTokensOn(String host, SettingsReader reader) {
        // Those that are set in a wrong way are mistakes already.
        boolean wantsTokens = reader.isSet(Setting.COLLOQUY_TOKENS_FILE)
                || NEEDED_FOR_JWTS.stream().anyMatch(reader::isSet);
        if (!wantsTokens && !allowsAnybody && !isLoopback(host)) {
            reader.mistake(
                    Setting.HOST.name(),
                    "is \"" + host + "\" and nobody needs a token; allowed: 127.0.0.1, or a "
                            + Setting.COLLOQUY_TOKENS_FILE + " or " + Setting.COLLOQUY_JWT_ISSUER + " with it, or "
                            + Setting.COLLOQUY_ALLOW_ANYBODY + "=true");
        }
    }

    /** What recognises callers, or empty if nobody needs a token. Tokens and keys that cannot be read are mistakes. */
    Optional<AccessControl> open(SettingsReader reader) {
        Optional<AccessControl> tokens =
                tokensFile.flatMap(file -> reader.open(() -> TokenFile.open(file, System::nanoTime)));
        Optional<AccessControl> jwts = jwt.flatMap(accepted -> reader.open(() -> new JwtAccess(accepted)));
        return Stream.of(tokens, jwts).flatMap(Optional::stream).reduce(AccessControl::or);
    }

    private static Optional<JwtSettings> jwt(SettingsReader reader) {
        Optional<String> issuer = reader.readOptional(Setting.COLLOQUY_JWT_ISSUER, Values::text);
        Optional<String> audience = reader.readOptional(Setting.COLLOQUY_JWT_AUDIENCE, Values::text);
        Optional<String> keys = reader.readOptional(Setting.COLLOQUY_JWT_KEYS, Values::text);
        String claim = reader.read(Setting.COLLOQUY_JWT_AGENTS_CLAIM, Values::text);
        requireAllOrNone(reader);
        if (issuer.isEmpty() || audience.isEmpty() || keys.isEmpty()) {
            return Optional.empty();
        }
        return Optional.of(new JwtSettings(issuer.get(), audience.get(), keys.get(), claim));
    }

    private static void requireAllOrNone(SettingsReader reader) {
        List<Setting> missing = NEEDED_FOR_JWTS.stream()
                .filter(setting -> !reader.isSet(setting))
                .toList();
        if (missing.size() < NEEDED_FOR_JWTS.size()) {
            missing.forEach(setting -> reader.mistake(
                    setting.name(),
                    "is not set although other COLLOQUY_JWT settings are; allowed: " + setting.allowed()));
        }
    }

    private static boolean isLoopback(String host) {
        return host.equals("localhost") || host.equals("::1") || host.matches("127(\\.[0-9]{1,3}){3}");
    }
}
