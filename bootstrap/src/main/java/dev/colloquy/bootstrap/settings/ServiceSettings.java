package dev.colloquy.bootstrap.settings;

import dev.colloquy.adapter.http.access.AccessControl;
import dev.colloquy.domain.error.InvalidSettings;
import java.util.Map;
import java.util.Optional;

/**
 * The settings of a service, which listens, and what was opened to see whether they are right.
 *
 * @param settings everything that was set
 * @param accessControl what recognises callers, or empty if nobody needs a token
 */
public record ServiceSettings(Settings settings, Optional<AccessControl> accessControl) {

    /**
     * Reads this environment, the file it names, and the tokens and keys that they name. On other addresses than the
     * loopback one a service wants tokens, or that nobody needs one on purpose.
     *
     * @param environment as for {@link Settings#from}
     * @throws InvalidSettings if anything is wrong; it lists every mistake
     */
    public static ServiceSettings from(Map<String, String> environment) {
        SettingsReader reader = new SettingsReader(environment);
        Settings settings = Settings.read(reader);
        settings.access().requireTokensOn(settings.host(), reader);
        Optional<AccessControl> accessControl = settings.access().open(reader);
        reader.requireNoMistakes();
        return new ServiceSettings(settings, accessControl);
    }
}
