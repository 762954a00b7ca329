package dev.colloquy.bootstrap;

import dev.colloquy.adapter.http.HttpFeatures;
import dev.colloquy.adapter.http.access.AccessControl;
import dev.colloquy.adapter.http.access.JwtAccess;
import dev.colloquy.adapter.http.access.TokenFile;
import dev.colloquy.bootstrap.settings.AccessPart;
import dev.colloquy.domain.error.InvalidSettings;
import dev.colloquy.domain.error.InvalidValue;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;

/** Builds what recognises callers. */
final class Access {

    private Access() {}

    /**
     * The HTTP surface with the access control of the settings.
     *
     * @throws InvalidSettings if the tokens or the keys cannot be read
     */
    static HttpFeatures features(AccessPart settings) {
        try {
            Optional<AccessControl> tokens = settings.tokensFile().map(file -> TokenFile.open(file, System::nanoTime));
            Optional<AccessControl> jwts = settings.jwt().map(JwtAccess::new);
            return Stream.of(tokens, jwts)
                    .flatMap(Optional::stream)
                    .reduce(AccessControl::or)
                    .map(HttpFeatures.NONE::guardedBy)
                    .orElse(HttpFeatures.NONE);
        } catch (InvalidValue e) {
            throw new InvalidSettings(List.of(String.valueOf(e.getMessage())));
        }
    }
}
