package dev.colloquy.bootstrap.settings;

import java.nio.file.Path;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/**
 * Where a service answers, for those that ask it on its own machine.
 *
 * @param host a name or an address, as a URL has it
 * @param port the port, 0 to 65535
 * @param certificate the file of its certificate, or empty if it answers without TLS
 */
public record OwnAddress(String host, int port, Optional<Path> certificate) {

    private static final Set<String> ALL = Set.of("0.0.0.0", "::");

    /**
     * Reads what {@link Settings} would, and nothing else: a mistake, with which no service starts, is not reported.
     *
     * @param environment as for {@link Settings#from}
     */
    public static OwnAddress from(Map<String, String> environment) {
        SettingsReader reader = new SettingsReader(environment);
        return new OwnAddress(
                asked(reader.read(Setting.HOST, Values::host)),
                reader.read(Setting.PORT, Values::port),
                reader.readOptional(Setting.COLLOQUY_TLS_CERT, Path::of));
    }

    private static String asked(String host) {
        return ALL.contains(host) ? "127.0.0.1" : inUrl(host);
    }

    /** A host as a URL has it: an IPv6 address in brackets. */
    public static String inUrl(String host) {
        return host.contains(":") ? "[" + host + "]" : host;
    }
}
