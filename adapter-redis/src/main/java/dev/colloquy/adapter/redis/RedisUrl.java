package dev.colloquy.adapter.redis;

import dev.colloquy.domain.error.InvalidValue;
import java.net.URLDecoder;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * Where Redis is and how to log in.
 *
 * @param topology one server, a cluster, or a master that sentinels know
 * @param tls whether connections are encrypted
 * @param addresses host:port of the server, of some nodes, or of the sentinels
 * @param user the user's name, or null for the default user
 * @param password the password, "" for a user who needs none, or null without a login
 * @param database the number of the database, 0 for a cluster
 * @param master the name under which the sentinels watch the master, or null without sentinels
 */
record RedisUrl(
        Topology topology,
        boolean tls,
        List<String> addresses,
        @Nullable String user,
        @Nullable String password,
        int database,
        @Nullable String master) {

    enum Topology {
        SINGLE,
        CLUSTER,
        SENTINEL
    }

    private static final String FIELD = "REDIS_URL";
    private static final String ALLOWED = "redis://[user:password@]host[:port][/db], rediss:// for TLS, several "
            + "host:port with commas or redis+cluster:// for a cluster, "
            + "redis+sentinel://host:port,host:port/master[?db=n] for sentinels";
    private static final Pattern URL =
            Pattern.compile("(?<scheme>rediss?)(\\+(?<kind>cluster|sentinel))?://((?<login>[^@/]*)@)?(?<hosts>[^/?@]+)"
                    + "(/(?<path>[^/?]*))?(\\?db=(?<db>\\d+))?");
    private static final Pattern SCHEME = Pattern.compile("[a-z+]{1,20}://");
    private static final Pattern HOST =
            Pattern.compile("(?<name>\\[[0-9a-fA-F:.]+]|[A-Za-z0-9._-]+)(:(?<port>\\d{1,5}))?");
    private static final int REDIS_PORT = 6379;
    private static final int SENTINEL_PORT = 26379;

    /** @throws InvalidValue if it is none; of the text only the scheme is quoted */
    static RedisUrl parse(String url) {
        Matcher parts = URL.matcher(url.strip());
        if (!parts.matches()) {
            throw invalid(url);
        }
        List<String> hosts = List.of(parts.group("hosts").split(",", -1));
        Topology topology = switch (String.valueOf(parts.group("kind"))) {
            case "cluster" -> Topology.CLUSTER;
            case "sentinel" -> Topology.SENTINEL;
            default -> hosts.size() > 1 ? Topology.CLUSTER : Topology.SINGLE;
        };
        String path = parts.group("path") == null ? "" : parts.group("path");
        boolean sentinel = topology == Topology.SENTINEL;
        if (sentinel ? path.isEmpty() : !path.isEmpty() && parts.group("db") != null) {
            throw invalid(url);
        }
        int database = database(url, sentinel || path.isEmpty() ? parts.group("db") : path);
        if (topology == Topology.CLUSTER && database != 0) {
            throw new InvalidValue(FIELD, shown(url), "database 0 only, for a cluster has no other");
        }
        List<String> addresses = new ArrayList<>();
        for (String host : hosts) {
            addresses.add(address(url, host, sentinel ? SENTINEL_PORT : REDIS_PORT));
        }
        String login = parts.group("login");
        return new RedisUrl(
                topology,
                parts.group("scheme").equals("rediss"),
                List.copyOf(addresses),
                login == null ? null : user(login),
                login == null ? null : password(login),
                database,
                sentinel ? decode(path) : null);
    }

    /** As a wrong one may be shown. Of what comes behind the scheme any part may be a password, put where none belongs. */
    private static String shown(String url) {
        Matcher scheme = SCHEME.matcher(url.strip());
        return (scheme.lookingAt() ? scheme.group() : "") + "***";
    }

    /** The addresses without user and password. */
    @Override
    public String toString() {
        return (tls ? "rediss" : "redis") + (topology == Topology.SENTINEL ? "+sentinel" : "") + "://"
                + String.join(",", addresses);
    }

    private static InvalidValue invalid(String url) {
        return new InvalidValue(FIELD, shown(url), ALLOWED);
    }

    private static int database(String url, @Nullable String number) {
        if (number == null || number.isEmpty()) {
            return 0;
        }
        if (!number.matches("\\d{1,6}")) {
            throw new InvalidValue(FIELD, shown(url), "a number of a database such as /0");
        }
        return Integer.parseInt(number);
    }

    private static String address(String url, String host, int usualPort) {
        Matcher parts = HOST.matcher(host);
        if (!parts.matches()) {
            throw invalid(url);
        }
        int port = parts.group("port") == null ? usualPort : Integer.parseInt(parts.group("port"));
        if (port < 1 || port > 65_535) {
            throw new InvalidValue(FIELD, shown(url), "ports 1 to 65535");
        }
        return parts.group("name") + ":" + port;
    }

    /** {@code user:password}, {@code :password} or only {@code password}. */
    private static @Nullable String user(String login) {
        int colon = login.indexOf(':');
        return colon <= 0 ? null : decode(login.substring(0, colon));
    }

    /** Empty for a user without one: the client logs in only with a password, and this is as good as any other. */
    private static @Nullable String password(String login) {
        String password = login.substring(login.indexOf(':') + 1);
        return password.isEmpty() && user(login) == null ? null : decode(password);
    }

    private static String decode(String text) {
        try {
            // A plus is a plus here; only web forms write a space that way.
            return URLDecoder.decode(text.replace("+", "%2B"), StandardCharsets.UTF_8);
        } catch (IllegalArgumentException notEncoded) {
            throw new InvalidValue(FIELD, "a login with a stray %", "user and password percent-encoded: % as %25");
        }
    }
}
