package dev.colloquy.examples.onboarding;

import java.net.URI;
import java.util.Iterator;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * What the program was started with.
 *
 * @param user who is at the terminal
 * @param service the running service to use, or null to embed Colloquy
 */
record Arguments(String user, @Nullable URI service) {

    static final String USAGE = """
            usage: onboarding-agent [--user NAME] [--url URL]
              --user NAME   whose conversation it is (default: your login name)
              --url URL     keep it in a running Colloquy, such as http://127.0.0.1:8080
                            (default: keep it in this program's own Colloquy, in Redis if REDIS_URL is set)
              A Colloquy that wants tokens gets the one in the environment variable ONBOARDING_TOKEN.""";

    /** @throws IllegalArgumentException if they make no sense; the message says why */
    static Arguments parse(List<String> args) {
        String user = System.getProperty("user.name", "you");
        URI service = null;
        Iterator<String> rest = args.iterator();
        while (rest.hasNext()) {
            String option = rest.next();
            switch (option) {
                case "--user" -> user = valueOf(option, rest);
                case "--url" -> service = serviceAt(valueOf(option, rest));
                default -> throw new IllegalArgumentException("unknown option " + option);
            }
        }
        return new Arguments(user, service);
    }

    Optional<URI> serviceUrl() {
        return Optional.ofNullable(service);
    }

    private static String valueOf(String option, Iterator<String> rest) {
        if (!rest.hasNext()) {
            throw new IllegalArgumentException(option + " needs a value");
        }
        return rest.next();
    }

    private static URI serviceAt(String url) {
        if (url.matches("https?://[^/?#]+/?")) {
            URI service = URI.create(url);
            // Without a host if what stands there is not one, such as an IPv6 address without its brackets.
            if (service.getHost() != null && service.getPort() <= 65_535) {
                return service;
            }
        }
        throw new IllegalArgumentException("--url was " + url + "; allowed: http://HOST:PORT or https://HOST:PORT");
    }
}
