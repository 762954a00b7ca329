package dev.colloquy.bootstrap.settings;

import java.nio.file.Path;
import java.util.Map;
import java.util.Optional;

/**
 * Where a service answers, for those that ask it on its own machine.
 *
 * @param port the port, 0 to 65535
 * @param certificate the file of its certificate, or empty if it answers without TLS
 */
public record OwnAddress(int port, Optional<Path> certificate) {

    /**
     * Reads what {@link Settings} would, and nothing else: a mistake, with which no service starts, is not reported.
     *
     * @param environment as for {@link Settings#from}
     */
    public static OwnAddress from(Map<String, String> environment) {
        SettingsReader reader = new SettingsReader(environment);
        return new OwnAddress(
                reader.read(Setting.PORT, Values::port), reader.readOptional(Setting.COLLOQUY_TLS_CERT, Path::of));
    }
}
