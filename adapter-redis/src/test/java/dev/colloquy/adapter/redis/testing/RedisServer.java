package dev.colloquy.adapter.redis.testing;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.regex.Pattern;
import javax.net.SocketFactory;
import org.jspecify.annotations.Nullable;

/**
 * A real Redis server on a free port of 127.0.0.1, for one test or for many. It dies with the JVM at the latest.
 *
 * <pre>{@code
 * try (RedisServer redis = RedisServer.start()) {
 *     // connect to redis.url()
 *     redis.kill();     // like kill -9
 *     redis.restart();  // on the same port; the data is there again if it is persistent()
 * }
 * }</pre>
 *
 * <p>By default it keeps nothing on disk and needs no password. Safe for several threads, but for starting, killing and
 * closing, which one thread does.
 */
public final class RedisServer implements AutoCloseable {

    private static final Pattern CLIENT_ID = Pattern.compile("^id=(\\d+) ");

    private static final int ATTEMPTS = 5;

    private final RedisMachine machine;
    private final Builder settings;
    private final String directory;
    private final int port;
    private RedisMachine.@Nullable Running running;

    private RedisServer(RedisMachine machine, Builder settings, int port) throws IOException {
        this.machine = machine;
        this.settings = settings;
        this.port = port;
        this.directory = machine.newDirectory();
    }

    /** A server without any particular setting. */
    public static RedisServer start() {
        return builder().start();
    }

    /** A server with settings. */
    public static Builder builder() {
        return new Builder();
    }

    /** Settings of a server. */
    public static final class Builder {

        private final List<String> lines = new ArrayList<>();
        private boolean tls;
        private boolean persistent;
        private boolean sentinel;
        private @Nullable String password;

        private Builder() {}

        /** With TLS only, under a certificate that {@link RedisServer#trustStore()} trusts. */
        public Builder tls() {
            tls = true;
            return this;
        }

        /** With a password for the default user. */
        public Builder password(String secret) {
            password = secret;
            return set("requirepass", secret);
        }

        /**
         * With one more user.
         *
         * @param rules what the user may do, in the words of {@code ACL SETUSER}, such as {@code ~* +@list}
         */
        public Builder user(String name, String secret, String rules) {
            return set("user", name + " on >" + secret + " " + rules);
        }

        /** Each write is on the disk before it is answered, so that it survives {@link RedisServer#kill()}. */
        public Builder persistent() {
            persistent = true;
            return set("appendonly", "yes").set("appendfsync", "always");
        }

        /** With any other line of the configuration, such as {@code maxmemory 4mb}. */
        public Builder set(String name, String value) {
            lines.add(name + " " + value);
            return this;
        }

        Builder sentinel() {
            sentinel = true;
            return this;
        }

        /** Starts it; returns when it answers. */
        public RedisServer start() {
            RedisMachine machine = RedisMachine.get();
            try {
                for (int attempt = 1; ; attempt++) {
                    RedisServer server = new RedisServer(machine, this, machine.freePort());
                    try {
                        server.restart();
                        return server;
                    } catch (IllegalStateException failed) {
                        server.close();
                        // Between looking for a free port and binding it, somebody else may have taken it.
                        if (attempt == ATTEMPTS
                                || !String.valueOf(failed.getMessage()).contains("in use")) {
                            throw failed;
                        }
                    }
                }
            } catch (IOException failed) {
                throw new UncheckedIOException(failed);
            }
        }
    }

    /** The address: 127.0.0.1. */
    public String host() {
        return "127.0.0.1";
    }

    /** The port, the same after a restart. */
    public int port() {
        return port;
    }

    /** The address as a URL, with the default user's password if there is one. */
    public String url() {
        return scheme() + (settings.password == null ? "" : ":" + encode(settings.password) + "@") + host() + ":"
                + port;
    }

    /** The address as a URL for another user. */
    public String url(String user, String secret) {
        return scheme() + encode(user) + ":" + encode(secret) + "@" + host() + ":" + port;
    }

    /** A PKCS12 file that trusts the certificate of every server with TLS. */
    public static Path trustStore() {
        return TestCertificate.INSTANCE.trustStore();
    }

    /** The password of {@link #trustStore()}. */
    public static String trustStorePassword() {
        return TestCertificate.PASSWORD;
    }

    /** A connection as the default user, to be closed by the caller. */
    public RawRedis connect() {
        SocketFactory sockets = settings.tls ? TestCertificate.INSTANCE.sockets() : SocketFactory.getDefault();
        RawRedis redis = RawRedis.connect(port, sockets);
        if (settings.password != null) {
            redis.call("AUTH", settings.password);
        }
        return redis;
    }

    /** One command as the default user, on a connection of its own. */
    public @Nullable Object call(String... command) {
        try (RawRedis redis = connect()) {
            return redis.call(command);
        }
    }

    /** The server's own numbers for the connections of clients, without the one that asks. */
    public List<String> clients() {
        return String.valueOf(call("CLIENT", "LIST"))
                .lines()
                .filter(line -> !line.contains("cmd=client"))
                .flatMap(line -> CLIENT_ID.matcher(line).results())
                .map(found -> found.group(1))
                .toList();
    }

    /** How often each command was carried out since the start or {@code CONFIG RESETSTAT}, also inside scripts. */
    public Map<String, Long> commandCalls() {
        Map<String, Long> calls = new TreeMap<>();
        String.valueOf(call("INFO", "commandstats"))
                .lines()
                .filter(line -> line.startsWith("cmdstat_"))
                .forEach(line -> calls.put(
                        line.substring("cmdstat_".length(), line.indexOf(':')),
                        Long.parseLong(line.replaceAll(".*:calls=(\\d+),.*", "$1"))));
        return calls;
    }

    /** Stops it as {@code kill -9} does. Does nothing if it is not running. */
    public void kill() {
        if (running != null) {
            signal("KILL");
            await("stop", () -> !isAlive());
            running = null;
        }
    }

    /** Stops it from doing anything, without closing a connection (SIGSTOP). */
    public void pause() {
        signal("STOP");
    }

    /** Lets it go on after {@link #pause()}. */
    public void resume() {
        signal("CONT");
    }

    /** Starts it again on the same port; kills it before if it runs. Returns when it answers. */
    public void restart() {
        startWithoutWaiting();
        await("answer", this::answers);
    }

    /** As {@link #restart()}, but returns at once, while it may still be loading its data. */
    public void startWithoutWaiting() {
        kill();
        try {
            machine.write(directory + "/redis.conf", configuration());
            List<String> arguments = new ArrayList<>(List.of(directory + "/redis.conf"));
            if (settings.sentinel) {
                arguments.add("--sentinel");
            }
            running = machine.start(directory, arguments);
        } catch (IOException failed) {
            throw new UncheckedIOException(failed);
        }
    }

    /** What it has logged so far. */
    public String log() {
        try {
            return machine.log(directory);
        } catch (IOException failed) {
            throw new UncheckedIOException(failed);
        }
    }

    /** Kills it and removes its data. May be called twice. */
    @Override
    public void close() {
        kill();
        try {
            machine.delete(directory);
        } catch (IOException failed) {
            throw new UncheckedIOException(failed);
        }
    }

    private byte[] configuration() throws IOException {
        List<String> lines = new ArrayList<>();
        lines.add("bind " + machine.bindAddress());
        lines.add("protected-mode no");
        lines.add("dir " + quoted(directory));
        if (settings.tls) {
            machine.write(directory + "/server.pem", TestCertificate.INSTANCE.certificatePem());
            machine.write(directory + "/server.key", TestCertificate.INSTANCE.keyPem());
            lines.add("port 0");
            lines.add("tls-port " + port);
            lines.add("tls-cert-file " + quoted(directory + "/server.pem"));
            lines.add("tls-key-file " + quoted(directory + "/server.key"));
            lines.add("tls-ca-cert-file " + quoted(directory + "/server.pem"));
            lines.add("tls-auth-clients no");
        } else {
            lines.add("port " + port);
        }
        if (!settings.sentinel) {
            lines.add("save \"\"");
            lines.add("enable-debug-command yes");
            if (!settings.persistent) {
                lines.add("appendonly no");
            }
        }
        lines.addAll(settings.lines);
        return (String.join("\n", lines) + "\n").getBytes(StandardCharsets.UTF_8);
    }

    private static String quoted(String path) {
        return '"' + path + '"';
    }

    private boolean answers() {
        if (!isAlive()) {
            throw new IllegalStateException("Redis ended at once: " + log());
        }
        try (RawRedis redis = connect()) {
            return redis.text("PING").equals("PONG");
        } catch (RawRedis.Refused | UncheckedIOException notYet) {
            return false;
        }
    }

    private boolean isAlive() {
        try {
            return running != null && running.isAlive();
        } catch (IOException failed) {
            throw new UncheckedIOException(failed);
        }
    }

    private void signal(String name) {
        try {
            if (running == null) {
                throw new IllegalStateException("Redis is not running");
            }
            running.signal(name);
        } catch (IOException failed) {
            throw new UncheckedIOException(failed);
        }
    }

    private void await(String what, Poll.Condition condition) {
        if (!Poll.until(condition)) {
            throw new IllegalStateException("Redis did not " + what + " in time: " + log());
        }
    }

    private String scheme() {
        return settings.tls ? "rediss://" : "redis://";
    }

    private static String encode(String text) {
        return URLEncoder.encode(text, StandardCharsets.UTF_8);
    }
}
