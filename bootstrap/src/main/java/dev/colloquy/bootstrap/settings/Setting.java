package dev.colloquy.bootstrap.settings;

import java.util.Arrays;
import java.util.Optional;

/**
 * Everything that can be set, in the order of the README's table, which a test checks against this one. A constant's
 * name is the name of the environment variable and of the entry in the file.
 *
 * <p>To add a setting: add a constant here, its value to {@link Settings}, and its row to the README.
 */
public enum Setting {
    /** Where to listen: address. */
    HOST("127.0.0.1", "The address to listen on; `0.0.0.0` for all.", "a host name or an IP address"),
    /** Where to listen: port. */
    PORT("8080", "The port to listen on.", "0 (any free port) to 65535"),
    /** Which store. */
    COLLOQUY_STORE(
            "auto", "Where conversations are kept; `auto` is Redis if there is a `REDIS_URL`.", "auto, memory, redis"),
    /** Where Redis is. It may hold a password, so it is never shown. */
    REDIS_URL(
            "",
            "Where Redis is, with user and password if it wants them. Never logged.",
            "redis://host:6379, rediss://user:password@host:6379/0; "
                    + "for a cluster redis+cluster://host:6379,host:6379; "
                    + "for sentinels redis+sentinel://host:26379,host:26379/master?db=0; rediss for TLS in each; "
                    + "in the password, @ is %40, : is %3A, / is %2F and % is %25",
            true),
    /** How long conversations are kept. */
    COLLOQUY_RETENTION(
            "7d", "How long a conversation is kept.", "a whole number and d, h, m or s, from 1s to 3650d, such as 7d"),
    /** What the retention counts from. */
    COLLOQUY_RETENTION_FROM(
            "last-message", "What the retention counts from.", "last-message, first-message, last-access"),
    /** How many messages of a conversation are kept. */
    COLLOQUY_MAX_MESSAGES(
            "", "The most messages kept of a conversation, oldest dropped first; empty for all.", "1 to 2147483647"),
    /** How large one message may be. */
    COLLOQUY_MAX_MESSAGE_BYTES(
            "262144", "The most bytes of one message, content and metadata together.", "1 to 64m, in bytes, k or m"),
    /** How much the memory store holds. */
    COLLOQUY_MEMORY_LIMIT(
            "50%",
            "The most the memory store holds; beyond it whole conversations are dropped, the least used first.",
            "1m and above, in bytes, k, m or g, up to 90% of the Java heap; or 1% to 90% of it"),
    /** The time that one attempt to reach Redis has. */
    COLLOQUY_REDIS_ATTEMPT_TIMEOUT(
            "500ms", "How long one attempt waits for Redis.", "a whole number and ms, s or m, from 10ms to 1m"),
    /** How often a failed call to Redis is repeated. */
    COLLOQUY_REDIS_RETRIES("3", "How often a failed call to Redis is tried again.", "0 to 3"),
    /** The time that a call to Redis has, with all its attempts. */
    COLLOQUY_REDIS_DEADLINE(
            "2s",
            "How long a call to Redis may take, with all its attempts; unless set, no less than one of them.",
            "a whole number and ms, s or m, from 10ms to 1m, and not less than COLLOQUY_REDIS_ATTEMPT_TIMEOUT"),
    /** The time that a new connection to Redis has. */
    COLLOQUY_REDIS_CONNECT_TIMEOUT(
            "1s",
            "How long a new connection to Redis may take, and again its TLS handshake.",
            "a whole number and ms, s or m, from 10ms to 1m"),
    /** The pause before a failed call is repeated. */
    COLLOQUY_REDIS_BACKOFF(
            "50ms",
            "The pause before the first repetition, give or take half; it doubles with each.",
            "a whole number and ms, s or m, from 10ms to 1m"),
    /** When the circuit breaker opens. */
    COLLOQUY_REDIS_BREAKER_FAILURES(
            "5",
            "After how many attempts, all failed over twice the deadline, Redis is not asked for a while.",
            "1 to 1000"),
    /** How long the circuit breaker stays open. */
    COLLOQUY_REDIS_BREAKER_PAUSE(
            "1s", "For how long Redis is not asked then.", "a whole number and ms, s or m, from 10ms to 1m"),
    /** How many messages wait while Redis is away. */
    COLLOQUY_OUTBOX_MAX_MESSAGES(
            "100000",
            "The most messages that wait for Redis while it is away; unless set, with a Java heap below 512m in proportion less.",
            "1 to 2147483647"),
    /** How many bytes wait while Redis is away. */
    COLLOQUY_OUTBOX_MAX_BYTES(
            "64m",
            "The most bytes that wait for Redis while it is away; unless set, with a Java heap below 512m in proportion less.",
            "1k and above, in bytes, k, m or g"),
    /** Where the outbox is kept on disk. */
    COLLOQUY_OUTBOX_DIR(
            "",
            "A directory that keeps what waits for Redis, so that even a killed service loses nothing; empty for memory only.",
            "a directory of this service alone, which it may write in or make"),
    /** Who is let in. */
    COLLOQUY_TOKENS_FILE(
            "",
            "A file with a token a line, as `colloquy new-token` prints it; read again when it changes.",
            "a readable file"),
    /** Whose JWTs are accepted. */
    COLLOQUY_JWT_ISSUER("", "The issuer whose JWTs are accepted.", "the text of the claim iss, exactly"),
    /** For whom the JWTs must be. */
    COLLOQUY_JWT_AUDIENCE("", "The audience that JWTs must name.", "a text of the claim aud, exactly"),
    /** The keys of the issuer. */
    COLLOQUY_JWT_KEYS(
            "",
            "The issuer's JSON Web Key Set; a file is read at the start only.",
            "a readable file with an RSA or EC key, or an http(s) URL"),
    /** Where a JWT lists the agents. */
    COLLOQUY_JWT_AGENTS_CLAIM("agents", "The claim of a JWT that lists its agents.", "the name of a claim"),
    /** Whether everybody on the network may do everything. */
    COLLOQUY_ALLOW_ANYBODY(
            "false",
            "Lets everybody who reaches the service do everything, on other addresses than the loopback one, too.",
            "true, false"),
    /** The certificate for TLS. */
    COLLOQUY_TLS_CERT(
            "",
            "The certificate for TLS, then those that signed it; empty for plain HTTP.",
            "a readable PEM file, and COLLOQUY_TLS_KEY with it"),
    /** The key of that certificate. */
    COLLOQUY_TLS_KEY(
            "",
            "The certificate's private key, not encrypted.",
            "a readable PEM file with a PKCS #8 key that belongs to COLLOQUY_TLS_CERT"),
    /** How fast a caller may send requests. */
    COLLOQUY_RATE_LIMIT(
            "",
            "The most requests of one caller in a second; without tokens all callers are one. Empty for any number.",
            "1 to 1000000"),
    /** How many requests are answered at once. */
    COLLOQUY_MAX_CONCURRENT_REQUESTS(
            "1024", "The most requests that are answered at once; further ones are refused at once.", "1 to 1000000"),
    /** How many connections there may be. */
    COLLOQUY_MAX_CONNECTIONS(
            "10000", "The most connections at once; further ones wait until one ends.", "1 to 1000000"),
    /** How long a client may take. */
    COLLOQUY_REQUEST_TIMEOUT(
            "30s",
            "How long a client may take to send a request, and again to receive the answer.",
            "a whole number and ms, s or m, from 10ms to 10m"),
    /** How long a connection may be idle. */
    COLLOQUY_IDLE_TIMEOUT(
            "60s",
            "How long a connection is kept open for the next request.",
            "a whole number and ms, s or m, from 10ms to 60m"),
    /** Sends telemetry to Logfire. */
    LOGFIRE_TOKEN(
            "", "Sends errors, traces, logs and metrics to Logfire. Never logged.", "a write token of Logfire", true),
    /** Which Logfire. */
    LOGFIRE_REGION("", "The region of Logfire; empty to take it from the token.", "us, eu"),
    /** Another Logfire. */
    LOGFIRE_BASE_URL("", "Another address of Logfire.", "a URL"),
    /** How logs look. */
    COLLOQUY_LOG_FORMAT(
            "auto",
            "How logs look; `auto` is text on a terminal and JSON lines elsewhere. Only in the environment.",
            "auto, text, json"),
    /** How much is logged. */
    COLLOQUY_LOG_LEVEL(
            "info",
            "How much is logged; `debug` has a line for each request. Only in the environment.",
            "error, warn, info, debug"),
    /** Where the settings file is. Only in the environment. */
    COLLOQUY_CONFIG(
            "", "A file with settings, read after the environment. Only in the environment.", "a readable file"),
    /** Read by the launcher, known here so that it is not taken for a mistake. */
    COLLOQUY_JAVA_OPTS(
            "",
            "Options for Java, such as `-Xmx512m`; read by the launcher. Only in the environment.",
            "any options of java");

    private final String fallback;
    private final String meaning;
    private final String allowed;
    private final boolean secret;

    Setting(String fallback, String meaning, String allowed) {
        this(fallback, meaning, allowed, false);
    }

    Setting(String fallback, String meaning, String allowed, boolean secret) {
        this.fallback = fallback;
        this.meaning = meaning;
        this.allowed = allowed;
        this.secret = secret;
    }

    /** The value that holds when nothing is set, or an empty text if there is none. */
    public String fallback() {
        return fallback;
    }

    /** What it does, in one sentence of Markdown. */
    public String meaning() {
        return meaning;
    }

    /** The values that are allowed, in words. */
    public String allowed() {
        return allowed;
    }

    /** Whether its value must never be shown. */
    public boolean isSecret() {
        return secret;
    }

    /** Whether it may stand in the file, too. */
    boolean isAllowedInFile() {
        return switch (this) {
            case COLLOQUY_CONFIG, COLLOQUY_JAVA_OPTS, COLLOQUY_LOG_FORMAT, COLLOQUY_LOG_LEVEL -> false;
            default -> true;
        };
    }

    /** The setting of that name, or empty if there is none. */
    static Optional<Setting> named(String name) {
        return Arrays.stream(values())
                .filter(setting -> setting.name().equals(name))
                .findFirst();
    }
}
